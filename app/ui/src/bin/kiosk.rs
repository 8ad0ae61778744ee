//! The kiosk's page.
fn main() {
    yobirin_ui::kiosk::start();
}
