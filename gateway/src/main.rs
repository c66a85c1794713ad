//! Usage: mms-gateway DOMAIN PREFIX HTTP_ADDRESS SMTP_ADDRESS [VASPID=URL | PREFIX:DOMAIN=SMTP_ADDRESS]...

use std::collections::HashMap;

use mms_gateway::{Config, Gateway, Peer};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let usage =
        "usage: mms-gateway DOMAIN PREFIX HTTP_ADDRESS SMTP_ADDRESS [VASPID=URL | PREFIX:DOMAIN=SMTP_ADDRESS]...";
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [domain, prefix, http, smtp, known @ ..] = &*args else { return Err(usage.into()) };
    let (mut providers, mut peers) = (HashMap::new(), Vec::new());
    for known in known {
        let (name, place) = known.split_once('=').ok_or(usage)?;
        match name.split_once(':') {
            Some((prefix, domain)) => {
                peers.push(Peer { prefix: prefix.into(), domain: domain.into(), smtp: place.parse()? });
            }
            None => drop(providers.insert(name.into(), place.into())),
        }
    }
    let (url, log) = (format!("http://{http}"), Box::new(|line| println!("{line}")));
    let config = Config { domain: domain.clone(), prefix: prefix.clone(), url, providers, peers, log };
    let (http, smtp) = (tokio::net::TcpListener::bind(http).await?, std::net::TcpListener::bind(smtp)?);
    Ok(Gateway::serve(config, http, smtp).await?)
}
