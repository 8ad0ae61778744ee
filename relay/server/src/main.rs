//! Program of the relay. The library holds everything.

fn main() -> std::process::ExitCode {
    yobirin_relay::run()
}
