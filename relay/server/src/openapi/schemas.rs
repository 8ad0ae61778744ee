//! Schemas of the document, each once.

use std::collections::BTreeMap;

use utoipa::ToSchema;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::{Ref, RefOr};

/// Schemas by name.
#[derive(Default)]
pub(super) struct Schemas(BTreeMap<String, RefOr<Schema>>);

impl Schemas {
    /// Returns a reference to a type, and adds its schema with all that it refers to.
    pub(super) fn reference<T: ToSchema>(&mut self) -> RefOr<Schema> {
        let mut inner = Vec::new();
        T::schemas(&mut inner);
        self.0.extend(inner);
        self.0.insert(T::name().into_owned(), T::schema());
        RefOr::Ref(Ref::from_schema_name(T::name()))
    }

    /// Describes a [`yobirin_api::chatwork::Listing`] in place: a generic type has one name for all.
    pub(super) fn listing<T: ToSchema>(&mut self) -> RefOr<Schema> {
        let entries = self.list::<T>();
        let unreadable = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .description(Some("Number of unreadable entries that were left out."))
            .minimum(Some(0));
        ObjectBuilder::new()
            .property("entries", entries)
            .property("unreadable", unreadable)
            .required("entries")
            .required("unreadable")
            .build()
            .into()
    }

    /// Returns a list of references to a type.
    pub(super) fn list<T: ToSchema>(&mut self) -> RefOr<Schema> {
        let items = self.reference::<T>();
        ArrayBuilder::new().items(items).build().into()
    }
}

impl IntoIterator for Schemas {
    type Item = (String, RefOr<Schema>);
    type IntoIter = std::collections::btree_map::IntoIter<String, RefOr<Schema>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
