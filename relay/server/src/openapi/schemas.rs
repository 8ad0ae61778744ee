//! The types that the document describes, each once.

use std::collections::BTreeMap;

use utoipa::ToSchema;
use utoipa::openapi::schema::{ArrayBuilder, Schema};
use utoipa::openapi::{Ref, RefOr};
use yobirin_api::chatwork::Listing;

/// See the head of this file.
#[derive(Default)]
pub(super) struct Schemas(BTreeMap<String, RefOr<Schema>>);

impl Schemas {
    /// Refers to a type, which is described from now on with all that is in it.
    pub(super) fn reference<T: ToSchema>(&mut self) -> RefOr<Schema> {
        let mut inner = Vec::new();
        T::schemas(&mut inner);
        self.0.extend(inner);
        self.0.insert(T::name().into_owned(), T::schema());
        RefOr::Ref(Ref::from_schema_name(T::name()))
    }

    /// Refers to a list of Chatwork's. Its type does not name what its entries are made of.
    pub(super) fn listing<T: ToSchema>(&mut self) -> RefOr<Schema>
    where
        Listing<T>: ToSchema,
    {
        self.reference::<T>();
        self.reference::<Listing<T>>()
    }

    /// Refers to a list of a type.
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
