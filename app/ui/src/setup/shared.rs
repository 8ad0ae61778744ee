//! Components, texts and cached data that several pages of set-up use. Components without any tie to set-up are in
//! [`crate::components`].

pub(crate) mod alarms;
pub(crate) mod backup;
pub(crate) mod chatwork_directory;
pub(crate) mod contact_fields;
pub(crate) mod copy_button;
pub(crate) mod delete_entry;
pub(crate) mod diff_text;
pub(crate) mod display_names;
pub(crate) mod escalation;
pub(crate) mod host_search;
pub(crate) mod hours;
pub(crate) mod in_charge_proposals;
pub(crate) mod joined_text;
pub(crate) mod loading_view;
pub(crate) mod loopback_notice;
pub(crate) mod moment;
pub(crate) mod page_frame;
pub(crate) mod pick;
pub(crate) mod radio_choices;
pub(crate) mod retention_ceiling;
pub(crate) mod room_picker;
pub(crate) mod route_trace;
pub(crate) mod sort_labels;
pub(crate) mod tablet_frame;
pub(crate) mod tablet_languages;
pub(crate) mod test_call_state;
pub(crate) mod test_delivery;
pub(crate) mod translated_fields;
pub(crate) mod version_text;
