//! OpenAPI schemas of types that are serialized as strings or numbers; the schemas of structs are derived. Only with
//! the feature `openapi`, which the app does not enable.

use std::borrow::Cow;

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{
    KnownFormat, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type,
};
use utoipa::{PartialSchema, ToSchema};

use crate::model::closed_days::ClosedDays;
use crate::model::date::Date;
use crate::model::hours::TimeOfDay;
use crate::model::id::{AccountId, ButtonId, CallId, DeviceId, GroupId, HostId, MessageId, RoomId};
use crate::model::lang::{Lang, TranslatedText};
use crate::purpose_notice::NoticeVersion;

/// Largest integer that JSON parsers represent exactly: 2^53 - 1.
const MAX_SAFE_INTEGER: u64 = 9_007_199_254_740_991;

macro_rules! impl_schema {
    ($($schema:expr => $($name:ident),+;)+) => {$($(
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                $schema.into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )+)+};
}

impl_schema! {
    text("^[A-Za-z0-9_-]{1,64}$") => HostId, GroupId, DeviceId, ButtonId;
    text("^[0-9]{1,20}$") => MessageId;
    text("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$") => CallId;
    text("^[0-9a-f]{8}$") => NoticeVersion;
    date() => Date;
    text("^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$") => TimeOfDay;
    chatwork_number() => AccountId, RoomId;
    text_per_language() => TranslatedText;
    closed_days() => ClosedDays;
}

fn text(pattern: &str) -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(pattern))
        .build()
        .into()
}

fn date() -> Schema {
    text("^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$")
}

/// A date, or an object with the first and the last day and a name.
fn closed_days() -> Schema {
    let several = ObjectBuilder::new()
        .property("from", date())
        .property("to", date())
        .property("name", ObjectBuilder::new().schema_type(Type::String))
        .required("from")
        .required("to");
    OneOfBuilder::new().item(date()).item(several).into()
}

fn chatwork_number() -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .minimum(Some(1_u64))
        .maximum(Some(MAX_SAFE_INTEGER))
        .build()
        .into()
}

fn text_per_language() -> Schema {
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    let mut object = ObjectBuilder::new();
    for lang in Lang::ALL {
        object = object.property(lang.key(), text.clone());
    }
    let object = object.additional_properties(Some(
        utoipa::openapi::schema::AdditionalProperties::FreeForm(false),
    ));
    object.build().into()
}
