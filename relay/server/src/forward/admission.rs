//! Admission of a call, by the rules of `domain::admission`. The route was resolved on the tablet and is not resolved
//! again.

use yobirin_api::call::Call;
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::admission::{self, AdmissionError, ClockReadings};
use yobirin_domain::model::id::CallId;

use crate::error::{ApiError, ApiResult, bad_request};
use crate::settings::Version;

/// Refuses every id but a UUID of version 7.
pub(crate) fn check_id(id: CallId) -> ApiResult<()> {
    match id.is_version_7() {
        true => Ok(()),
        false => Err(bad_request(&"the id of a call must be a UUID of version 7")),
    }
}

/// Checks a call against the settings in force; returns its deadline by the relay's clock.
pub(crate) fn admit(
    call: &Call,
    id: CallId,
    version: &Version,
    clocks: ClockReadings,
) -> ApiResult<Millis> {
    let submitted = call.as_submitted(id.reference());
    admission::admit(&version.settings, &version.outbound_policy, &submitted).map_err(
        |refusal| match refusal {
            AdmissionError::PolicyViolation(why) => {
                ApiError::named(ErrorCode::DestinationNotAllowed, why.to_string())
            }
            other => bad_request(&other),
        },
    )?;
    let deadline = clocks.deadline(call.tapped, call.deadline);
    deadline.map_err(|refusal| ApiError::named(ErrorCode::BadDeadline, refusal.to_string()))
}
