//! Web addresses: loads what stands at an address, within limits, and says in plain words why it cannot.

use std::fmt;
use std::io::Read;
use std::time::Duration;

use ureq::http::header::CONTENT_TYPE;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error, ResponseExt, Timeout};

use crate::input::content_type::charset_of;

/// What came from an address.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Download {
    pub(crate) bytes: Vec<u8>,
    /// The encoding that the header names; `None` if it names none.
    pub(crate) charset: Option<String>,
    /// The address after all redirects.
    pub(crate) address: String,
}

/// Limits of a download.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DownloadLimits {
    pub(crate) connect: Duration,
    pub(crate) total: Duration,
    /// The size after decompression.
    pub(crate) bytes: usize,
}

impl DownloadLimits {
    /// The usual times, for a page of at most `bytes`.
    pub(crate) const fn with_size(bytes: usize) -> Self {
        Self { connect: Duration::from_secs(10), total: Duration::from_secs(30), bytes }
    }
}

/// Why nothing was loaded from an address. Its message is one line without a full stop.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DownloadError(String);

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Loads what stands at an address. Follows redirects between http and https, and the proxies of the environment.
///
/// # Errors
/// If there is no answer within the limits, or if the answer is an error.
pub(crate) fn download(address: &str, limits: DownloadLimits) -> Result<Download, DownloadError> {
    download_trusting(address, limits, RootCerts::WebPki)
}

/// Loads what stands at an address like [`download`]; the certificates of sites must come from these authorities.
fn download_trusting(
    address: &str,
    limits: DownloadLimits,
    authorities: RootCerts,
) -> Result<Download, DownloadError> {
    const MAX_REDIRECTS: u32 = 10;
    let user_agent =
        concat!("pullquote/", env!("CARGO_PKG_VERSION"), " (reads one story at a person's request)");
    let config = Agent::config_builder()
        .timeout_connect(Some(limits.connect))
        .timeout_global(Some(limits.total))
        .max_redirects(MAX_REDIRECTS)
        .http_status_as_error(false)
        .user_agent(user_agent)
        .tls_config(TlsConfig::builder().root_certs(authorities).build())
        .build();
    let explain = |error: &Error| DownloadError(explain(error, limits));
    let request = Agent::new_with_config(config)
        .get(address)
        .header("Accept", "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5")
        .header("Accept-Language", "en");
    let response = request.call().map_err(|error| explain(&error))?;
    let status = response.status();
    if !status.is_success() {
        return Err(DownloadError(explain_status(status.as_u16(), status.canonical_reason())));
    }
    let charset = response.headers().get(CONTENT_TYPE).and_then(|it| charset_of(it.to_str().ok()?));
    let address = response.get_uri().to_string();
    let mut bytes = Vec::new();
    let body = response.into_body().into_with_config().limit(u64::MAX).reader();
    body.take(limits.bytes as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| explain(&Error::from(error)))?;
    if bytes.len() > limits.bytes {
        let megabytes = limits.bytes >> 20;
        return Err(DownloadError(format!("The page is larger than {megabytes} MB, too large for a story")));
    }
    Ok(Download { bytes, charset, address })
}

/// Says what a status means for the user.
fn explain_status(status: u16, reason: Option<&str>) -> String {
    let reason = reason.map_or_else(String::new, |it| format!(" {it}"));
    let advice = match status {
        404 | 410 => "the page has gone; check the address",
        401 | 402 | 403 | 407 | 451 => "open the page in a browser, save it, and use the file",
        429 => "try again later",
        500.. => "the site has a fault; try again later",
        _ => "check the address",
    };
    format!("The site answered {status}{reason}; {advice}")
}

/// Says why there was no answer.
fn explain(error: &Error, limits: DownloadLimits) -> String {
    let seconds = |limit: Duration| format!("{} s", limit.as_secs_f32());
    match error {
        Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
            format!("No connection within {}; check the address and the network", seconds(limits.connect))
        }
        Error::Timeout(_) => {
            format!("The page did not come within {}; try again later", seconds(limits.total))
        }
        Error::HostNotFound => "There is no such site; check the address and the network".into(),
        Error::BadUri(_) | Error::Http(_) => {
            "This is not a web address; it must be http:// or https://".into()
        }
        Error::TooManyRedirects => {
            "The site redirects in a circle; open the page in a browser, and save it".into()
        }
        error => explain_connection(&error.to_string()),
    }
}

/// Says what a failed connection means, by the words of its error.
fn explain_connection(error: &str) -> String {
    let lower = error.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|it| lower.contains(it));
    let advice = "open the page in a browser, and save it";
    match () {
        () if has(&["unknownissuer", "self-signed", "selfsigned", "causedasendentity"]) => {
            format!("The site's certificate is from no known authority; {advice}")
        }
        () if has(&["expired"]) => format!("The site's certificate has expired; {advice}"),
        () if has(&["notvalidforname", "not valid for"]) => {
            format!("The site's certificate is for another site; {advice}")
        }
        () if has(&["certificate", "tls", "corrupt message", "invalidcontenttype"]) => {
            format!("No safe connection to the site; {advice}")
        }
        () if has(&["reset", "broken pipe", "peer disconnected", "unexpected end of file"]) => {
            "The site broke off the connection; try again later".into()
        }
        () if has(&["refused"]) => "The site refuses connections; check the address".into(),
        () if has(&["dns", "lookup", "resolve"]) => {
            "There is no such site; check the address and the network".into()
        }
        () if has(&["timed out", "timeout"]) => "The page did not come in time; try again later".into(),
        () => format!("The connection failed ({error}); try again later"),
    }
}

/// What stands in place of a story on a page with few words; `None` if nothing of that kind.
pub(crate) fn obstacle(page: &str) -> Option<&'static str> {
    let lower = page.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|it| lower.contains(it));
    match () {
        () if has(&["are you a robot", "are you human", "captcha", "verify you are", "unusual traffic"]) => {
            Some("The site asks whether you are a person")
        }
        () if has(&[
            "subscribe to continue",
            "subscribe to read",
            "subscribers only",
            "already a subscriber",
        ]) =>
        {
            Some("The story is for subscribers")
        }
        () if has(&["enable javascript", "javascript is disabled", "requires javascript"]) => {
            Some("The page needs JavaScript")
        }
        () if has(&["accept all cookies", "we value your privacy", "accept cookies", "your consent"]) => {
            Some("The site asks for consent to cookies")
        }
        () => None,
    }
}

#[cfg(test)]
mod tests;
