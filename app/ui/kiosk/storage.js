// Access to the browser's storage, which may be blocked or hold values that cannot be read, for the scripts that run
// before the app or after its crash. The app itself uses gloo-storage.

export const SETTINGS_KEY = "yobirin.settings"; // localStorage: cached settings (kiosk/session/settings_sync.rs)

/** Result of `act`, or `otherwise` when it fails or finds nothing. */
export const attempt = (act, otherwise) => {
  try {
    return act() ?? otherwise;
  } catch {
    return otherwise;
  }
};
