//! OpenAPI document of every operation, made from the types of `yobirin-api`.

mod operation;
pub(crate) mod operations;
mod schemas;

use std::sync::OnceLock;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, Info, OpenApi, OpenApiBuilder, Paths};
use yobirin_api::event::Event;
use yobirin_domain::caller_limits;

use schemas::Schemas;

/// `GET /api/openapi.json`. The document changes only with the program.
async fn show() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, json())
}

/// Returns the document as JSON, which is made on first use.
fn json() -> &'static str {
    static JSON: OnceLock<String> = OnceLock::new();
    // Plain records always serialize.
    JSON.get_or_init(|| document().to_json().unwrap_or_default())
}

fn document() -> OpenApi {
    let (mut paths, mut schemas) = (Paths::new(), Schemas::default());
    // Adds the schema only: `/api/events` is a stream of text, so that no operation refers to it.
    schemas.reference::<Event>();
    for operation in operations::operations() {
        let (path, method) = (operation.path, operation.method.clone());
        paths.add_path_operation(path, vec![method], operation.describe(&mut schemas));
    }
    let mut info = Info::new("Yobirin's relay", env!("CARGO_PKG_VERSION"));
    let rules = "Errors are always `ApiError`. Every response carries the header `yobirin-relay`; one without it comes \
         from something else, such as a proxy. Cookies carry `__Host-` before their names under https.";
    let limits = caller_limits::limit_table_markdown();
    info.description = Some(format!("{rules}\n\n{limits}"));
    let components = schemas
        .into_iter()
        .fold(ComponentsBuilder::new(), |components, (name, schema)| {
            components.schema(name, schema)
        })
        .security_scheme(operation::ADMIN, cookie("yobirin_session"))
        .security_scheme(operation::DEVICE, cookie("yobirin_device"))
        .security_scheme(operation::HOST, cookie("yobirin_host"))
        .security_scheme(
            operation::METRICS,
            SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
        )
        .build();
    OpenApiBuilder::new()
        .info(info)
        .paths(paths)
        .components(Some(components))
        .build()
}

fn cookie(name: &str) -> SecurityScheme {
    SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(name)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::routes::router::routes;

    #[test]
    fn the_document_has_exactly_the_routes() {
        let document: serde_json::Value = serde_json::from_str(json()).unwrap();
        let mut documented = BTreeSet::new();
        for (path, operations) in document["paths"].as_object().unwrap() {
            let methods = operations.as_object().unwrap().keys();
            documented.extend(methods.map(|method| (path.clone(), method.to_uppercase())));
        }
        let routes = routes();
        let routed: BTreeSet<_> = routes
            .iter()
            .map(|route| (route.path.to_owned(), route.method.to_owned()))
            .collect();
        assert_eq!(routed.len(), routes.len(), "a route is listed twice");
        assert_eq!(documented, routed, "document and router differ");
    }

    /// With `WRITE_README=1`, writes README's table.
    #[test]
    fn readme_and_openapi_have_the_table_of_limits_in_force() {
        const BEGIN: &str = "<!-- limits: written by a test -->\n";
        const END: &str = "<!-- end of limits -->\n";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
        let readme = std::fs::read_to_string(path).unwrap();
        let (before, rest) = readme.split_once(BEGIN).expect("start marker of the table");
        let (table, after) = rest.split_once(END).expect("end marker of the table");
        let limits = caller_limits::limit_table_markdown();
        if std::env::var_os("WRITE_README").is_some() {
            std::fs::write(path, [before, BEGIN, &limits, END, after].concat()).unwrap();
            return;
        }
        assert_eq!(
            table, limits,
            "README.md does not hold `caller_limits::LIMIT_TABLE`. Write it anew: \
             WRITE_README=1 cargo test -p yobirin-relay table_of_limits"
        );
        let document: serde_json::Value = serde_json::from_str(json()).unwrap();
        let description = document["info"]["description"].as_str().unwrap();
        assert!(
            description.contains(&limits),
            "OpenAPI's description holds it too"
        );
    }

    /// Fewer references would mean that the search below does not find them: the document has more.
    const MIN_REFERENCES: usize = 50;

    #[test]
    fn every_reference_has_a_schema() {
        let document: serde_json::Value = serde_json::from_str(json()).unwrap();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        let mut reference_count = 0;
        for reference in json().split("#/components/schemas/").skip(1) {
            let name = reference.split('"').next().unwrap();
            assert!(schemas.contains_key(name), "{name} is not described");
            reference_count += 1;
        }
        assert!(
            reference_count > MIN_REFERENCES,
            "only {reference_count} references"
        );
    }
}
