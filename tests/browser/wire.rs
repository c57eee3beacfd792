//! The WebDriver protocol: a path, a JSON body, a JSON answer.

use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;

/// The key under which WebDriver hands out an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A failure as WebDriver names it (`stale element reference`), and what it says.
#[derive(Debug)]
pub struct Failure {
    pub kind: String,
    pub message: String,
}

/// One open browser, seen from ChromeDriver.
pub struct Session {
    agent: Agent,
    address: String,
}

impl Session {
    pub fn open(driver: &str, capabilities: &Value) -> Result<Self, Failure> {
        // No proxy, whatever the environment says: ChromeDriver is on this machine.
        let config = Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(90)));
        let agent: Agent = config.build().into();
        let answer = post(
            &agent,
            &format!("{driver}/session"),
            &json!({ "capabilities": { "alwaysMatch": capabilities } }),
        )?;
        let id = answer["sessionId"].as_str().unwrap_or_default();
        Ok(Self { agent, address: format!("{driver}/session/{id}") })
    }

    pub fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        post(&self.agent, &format!("{}/{path}", self.address), body)
    }

    pub fn get(&self, path: &str) -> Result<Value, Failure> {
        value(self.agent.get(format!("{}/{path}", self.address)).call())
    }

    pub fn delete(&self, path: &str) -> Result<Value, Failure> {
        value(self.agent.delete(format!("{}{path}", self.address)).call())
    }

    /// A command of Chromium's own protocol.
    pub fn chromium(&self, command: &str, parameters: &Value) -> Result<Value, Failure> {
        self.post("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// A function body in the page; a promise is waited for. The page's security policy does not reach it.
    pub fn run(&self, script: &str, arguments: &Value) -> Result<Value, Failure> {
        self.post("execute/sync", &json!({ "script": script, "args": arguments }))
    }
}

/// The id of the element that a script returned.
pub fn element(value: &Value) -> Option<&str> {
    value.get(ELEMENT)?.as_str()
}

fn post(agent: &Agent, address: &str, body: &Value) -> Result<Value, Failure> {
    value(agent.post(address).header("Content-Type", "application/json").send(body.to_string()))
}

fn value(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, Failure> {
    let broken = |message: String| Failure { kind: "broken connection".into(), message };
    let mut answer = answer.map_err(|error| broken(error.to_string()))?;
    let status = answer.status();
    let body = answer
        .body_mut()
        .with_config()
        .limit(256 << 20)
        .read_to_string()
        .map_err(|error| broken(error.to_string()))?;
    let mut body: Value = serde_json::from_str(&body).map_err(|error| broken(format!("{error}: {body}")))?;
    let value = body["value"].take();
    if status.is_success() {
        return Ok(value);
    }
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Err(Failure { kind: text("error"), message: text("message") })
}
