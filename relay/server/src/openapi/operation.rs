//! One operation of the API: its handler, and its description in the OpenAPI document.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use utoipa::openapi::path::{self, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{ContentBuilder, HttpMethod, RefOr, Required, ResponseBuilder};
use utoipa::{PartialSchema, ToSchema};
use yobirin_api::{ErrorBody, ErrorCode};

use super::schemas::Schemas;
use crate::security_log::SuccessEvent;
use crate::state::SharedState;

pub(super) const ADMIN: &str = "admin";
pub(super) const DEVICE: &str = "device";
pub(super) const HOST: &str = "host";
pub(super) const METRICS: &str = "metrics";

/// Adds a schema to the document and returns a reference to it.
type SchemaFn = fn(&mut Schemas) -> RefOr<Schema>;

/// Operation of the relay.
pub(crate) struct Operation {
    /// Path, with parameters as `{…}`.
    pub path: &'static str,
    /// Method.
    pub method: HttpMethod,
    /// Handler, for this method only.
    pub handler: MethodRouter<SharedState>,
    /// Security event of a successful request.
    pub event: Option<&'static str>,
    summary: &'static str,
    callers: &'static [&'static str],
    parameters: Vec<(ParameterIn, &'static str, RefOr<Schema>)>,
    body: Option<SchemaFn>,
    responses: Vec<(u16, Option<(&'static str, SchemaFn)>)>,
    errors: Vec<ErrorCode>,
}

/// Creates an operation. Everybody has permission for it.
pub(super) fn operation<H: Handler<T, SharedState>, T: 'static>(
    method: HttpMethod,
    path: &'static str,
    handler: H,
) -> Operation {
    let mut errors = match method {
        HttpMethod::Get => Vec::new(),
        _ => vec![
            ErrorCode::ForeignOrigin,
            ErrorCode::StorageAway,
            ErrorCode::StorageFull,
        ],
    };
    if path.starts_with("/api") {
        errors.push(ErrorCode::WrongHost);
    }
    let handler = on(name_and_filter(&method).1, handler);
    Operation {
        path,
        method,
        handler,
        event: None,
        summary: "",
        callers: &[],
        parameters: Vec::new(),
        body: None,
        responses: Vec::new(),
        errors,
    }
}

fn name_and_filter(method: &HttpMethod) -> (&'static str, MethodFilter) {
    match method {
        HttpMethod::Get => ("GET", MethodFilter::GET),
        HttpMethod::Post => ("POST", MethodFilter::POST),
        HttpMethod::Put => ("PUT", MethodFilter::PUT),
        HttpMethod::Delete => ("DELETE", MethodFilter::DELETE),
        HttpMethod::Patch => ("PATCH", MethodFilter::PATCH),
        HttpMethod::Options => ("OPTIONS", MethodFilter::OPTIONS),
        HttpMethod::Head => ("HEAD", MethodFilter::HEAD),
        HttpMethod::Trace => ("TRACE", MethodFilter::TRACE),
    }
}

impl Operation {
    /// Returns the name of the method, in capitals.
    pub(crate) fn method_name(&self) -> &'static str {
        name_and_filter(&self.method).0
    }

    /// Sets the summary, which also describes the responses.
    pub(super) fn summary(mut self, summary: &'static str) -> Self {
        self.summary = summary;
        self
    }

    /// Sets the security event of a successful request.
    pub(super) fn event(mut self, event: &'static str) -> Self {
        self.event = Some(event);
        self.handler = self
            .handler
            .layer(map_response(move |response: Response| async move {
                (Extension(SuccessEvent(event)), response)
            }));
        self
    }

    /// Sets the callers that have the permission; without it, everybody has.
    pub(super) fn only_for(mut self, callers: &'static [&'static str]) -> Self {
        self.callers = callers;
        self.errors(&[ErrorCode::NotSignedIn])
    }

    /// Adds a path parameter.
    pub(super) fn path_parameter<T: PartialSchema>(self, name: &'static str) -> Self {
        self.parameter::<T>(ParameterIn::Path, name)
            .errors(&[ErrorCode::Malformed])
    }

    /// Adds an optional query parameter.
    pub(super) fn query<T: PartialSchema>(self, name: &'static str) -> Self {
        self.parameter::<T>(ParameterIn::Query, name)
            .errors(&[ErrorCode::Malformed])
    }

    /// Adds an optional request header.
    pub(super) fn header<T: PartialSchema>(self, name: &'static str) -> Self {
        self.parameter::<T>(ParameterIn::Header, name)
    }

    fn parameter<T: PartialSchema>(mut self, location: ParameterIn, name: &'static str) -> Self {
        self.parameters.push((location, name, T::schema()));
        self
    }

    /// Sets the JSON body.
    pub(super) fn json_body<T: ToSchema>(mut self) -> Self {
        self.body = Some(Schemas::reference::<T>);
        self.errors(&[
            ErrorCode::Malformed,
            ErrorCode::NotJson,
            ErrorCode::TooLarge,
            ErrorCode::TooSlow,
        ])
    }

    /// Allows a body of this many bytes, which is larger than the default.
    pub(super) fn body_up_to(mut self, max_bytes: usize) -> Self {
        self.handler = self.handler.layer(DefaultBodyLimit::max(max_bytes));
        self
    }

    /// Adds a JSON response.
    pub(super) fn responds<T: ToSchema>(mut self, status: u16) -> Self {
        let content = ("application/json", Schemas::reference::<T> as SchemaFn);
        self.responses.push((status, Some(content)));
        self
    }

    /// Adds a [`yobirin_api::chatwork::Listing`] as the response: a list of Chatwork's, with the number of unreadable
    /// entries.
    pub(super) fn responds_listing<T: ToSchema>(mut self) -> Self {
        let content = ("application/json", Schemas::listing::<T> as SchemaFn);
        self.responses.push((200, Some(content)));
        self
    }

    /// Adds a plain JSON array as the response.
    pub(super) fn responds_list<T: ToSchema>(mut self) -> Self {
        let content = ("application/json", Schemas::list::<T> as SchemaFn);
        self.responses.push((200, Some(content)));
        self
    }

    /// Adds a text response of a media type.
    pub(super) fn responds_text(mut self, status: u16, media: &'static str) -> Self {
        self.responses.push((status, Some((media, any_text))));
        self
    }

    /// Adds a response without a body.
    pub(super) fn responds_empty(mut self, status: u16) -> Self {
        self.responses.push((status, None));
        self
    }

    /// Adds errors, beside those that follow from the parameters.
    pub(super) fn errors(mut self, codes: &[ErrorCode]) -> Self {
        self.errors.extend(codes);
        self
    }

    pub(super) fn describe(self, schemas: &mut Schemas) -> path::Operation {
        let mut operation = OperationBuilder::new().summary(Some(self.summary));
        for (location, name, schema) in self.parameters {
            let required = match location {
                ParameterIn::Path => Required::True,
                _ => Required::False,
            };
            let parameter = ParameterBuilder::new()
                .name(name)
                .parameter_in(location)
                .required(required)
                .schema(Some(schema));
            operation = operation.parameter(parameter);
        }
        if let Some(body) = self.body {
            let content = ContentBuilder::new().schema(Some(body(schemas))).build();
            let body = RequestBodyBuilder::new()
                .content("application/json", content)
                .required(Some(Required::True));
            operation = operation.request_body(Some(body.build()));
        }
        for (status, content) in self.responses {
            let mut response = ResponseBuilder::new().description(self.summary);
            if let Some((media, schema)) = content {
                let content = ContentBuilder::new().schema(Some(schema(schemas))).build();
                response = response.content(media, content);
            }
            operation = operation.response(status.to_string(), response.build());
        }
        for (status, codes) in by_status(&self.errors) {
            let schema = schemas.reference::<ErrorBody>();
            let content = ContentBuilder::new().schema(Some(schema)).build();
            let response = ResponseBuilder::new()
                .description(codes)
                .content("application/json", content)
                .build();
            operation = operation.response(status.to_string(), response);
        }
        for callers in self.callers {
            let none: [&str; 0] = [];
            operation = operation.security(SecurityRequirement::new(*callers, none));
        }
        operation.build()
    }
}

fn by_status(codes: &[ErrorCode]) -> BTreeMap<u16, String> {
    let mut by_status: BTreeMap<u16, String> = BTreeMap::new();
    for code in codes {
        // A code is a unit variant, which serializes to its name in quotes.
        let name = serde_json::to_string(code).unwrap_or_default();
        let names = by_status.entry(code.status()).or_default();
        if !names.contains(&name) {
            *names += &format!("{}{name}", if names.is_empty() { "" } else { ", " });
        }
    }
    by_status
}

fn any_text(_: &mut Schemas) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .build()
        .into()
}
