//! The relay as a program of its own, to be started, stopped and killed.

fn main() -> std::process::ExitCode {
    yobirin_relay::run()
}
