//! Refusal of a command line: one line for the log, without secrets.

use clap::error::{ContextKind, ContextValue};

/// Shortens clap's error to one line: the error and, if clap has one, the suggestion.
pub(crate) fn one_line(refusal: &clap::Error) -> String {
    let text = refusal.to_string();
    let (message, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
    let similar = rest
        .lines()
        .filter(|line| line.contains("similar") && line.contains("exist"))
        .map(|line| format!("({})", line.trim().trim_start_matches("tip: ")));
    let lines = message.lines().map(|line| line.trim().to_owned());
    let line = lines.chain(similar).collect::<Vec<_>>().join(" ");
    let line = line.trim_start_matches("error: ");
    match secret_value(refusal) {
        Some(value) => line.replace(value, "…"),
        None => line.to_owned(),
    }
}

/// Returns the value of an option that may hold a password or token. It must not be logged.
fn secret_value(refusal: &clap::Error) -> Option<&str> {
    let context = |kind| match refusal.get(kind) {
        Some(ContextValue::String(text)) if !text.is_empty() => Some(text.as_str()),
        _ => None,
    };
    context(ContextKind::InvalidArg).filter(|option| {
        let secrets = ["--database", "--metrics-token", "--alarm-webhook"];
        secrets.iter().any(|name| option.starts_with(name))
    })?;
    context(ContextKind::InvalidValue)
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::cli::args::Cli;

    #[test]
    fn a_refused_secret_is_not_repeated() {
        let command_lines = [
            [
                "yobirin-relay",
                "--database",
                "postgre://desk:hunter2@db/yobirin",
            ],
            ["yobirin-relay", "--metrics-token", "hunter2"],
            ["yobirin-relay", "--alarm-webhook", "hunter2"],
        ];
        for arguments in command_lines {
            let refusal = one_line(&Cli::try_parse_from(arguments).unwrap_err());
            let option = arguments[1];
            assert!(refusal.contains(option), "{option} is named: {refusal}");
            assert!(!refusal.contains("hunter2"), "{refusal}");
        }
    }

    #[test]
    fn bad_values_are_refused() {
        for bad in [
            ["--listen", "nowhere"],
            ["--trusted-proxy", "proxy"],
            ["--trusted-proxy", "10.0.0.0/33"],
            ["--public-url", "reception"],
            ["--public-url", "https://example.jp/reception"],
            ["--chatwork-api", "http://api.chatwork.com/v2"],
            ["--chatwork-api", "ftp://127.0.0.1/v2"],
            ["--log", "xml"],
            ["--database", "mysql://db/yobirin"],
            ["--keep-history-days", "0"],
            ["--metrics-token", "short"],
        ] {
            let refusal = Cli::try_parse_from(["yobirin-relay", bad[0], bad[1]]).unwrap_err();
            assert_eq!(refusal.exit_code(), 2, "{bad:?}");
            assert!(one_line(&refusal).contains(bad[0]), "{bad:?}");
        }
    }

    fn refusal_of(line: &str) -> String {
        one_line(&Cli::try_parse_from(line.split_whitespace()).unwrap_err())
    }

    #[test]
    fn a_refused_address_shows_how_one_is_written() {
        for (bad, example) in [
            ("8451", "127.0.0.1:8451"),
            (":8451", "127.0.0.1:8451"),
            ("localhost:8080", "127.0.0.1:8080"),
            ("192.168.1.5", "127.0.0.1:8080"),
        ] {
            let refusal = refusal_of(&format!("yobirin-relay serve --listen {bad}"));
            assert!(refusal.contains("--listen"), "{refusal}");
            assert!(refusal.contains(example), "{refusal}");
        }
    }

    #[test]
    fn a_typing_error_is_refused_with_a_suggestion() {
        let refusal = refusal_of("yobirin-relay servee");
        assert!(refusal.contains("'serve'"), "{refusal}");
        let refusal = refusal_of("yobirin-relay serve --lisen 127.0.0.1:0");
        assert!(refusal.contains("'--listen'"), "{refusal}");
        assert_eq!(refusal.lines().count(), 1, "{refusal}");
    }

    #[test]
    fn a_certificate_needs_its_key() {
        let alone = ["yobirin-relay", "--tls-cert", "cert.pem"];
        let refusal = one_line(&Cli::try_parse_from(alone).unwrap_err());
        assert!(refusal.contains("--tls-key <FILE>"), "{refusal}");
    }
}
