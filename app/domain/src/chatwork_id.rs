//! chatwork_id
