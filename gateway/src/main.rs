//! Usage: mms-gateway DOMAIN PREFIX HTTP_ADDRESS SMTP_ADDRESS [VASPID=URL | PREFIX:DOMAIN=SMTP_ADDRESS]...

use std::collections::HashMap;
use std::net::TcpListener;

use mms_gateway::{Config, Gateway, Peer};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let usage =
        "usage: mms-gateway DOMAIN PREFIX HTTP_ADDRESS SMTP_ADDRESS [VASPID=URL | PREFIX:DOMAIN=SMTP_ADDRESS]...";
    let mut next = || args.next().ok_or(usage);
    let (domain, prefix, http, smtp) = (next()?, next()?, next()?, next()?);
    let (mut providers, mut peers) = (HashMap::new(), Vec::new());
    for known in args {
        let (name, place) = known.split_once('=').ok_or(usage)?;
        match name.split_once(':') {
            Some((prefix, domain)) => {
                peers.push(Peer { prefix: prefix.into(), domain: domain.into(), smtp: place.parse()? });
            }
            None => drop(providers.insert(name.to_owned(), place.to_owned())),
        }
    }
    let url = format!("http://{http}");
    let (log, mut lines) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Some(line) = lines.recv().await {
            println!("{line}");
        }
    });
    let config = Config { domain, prefix, url, providers, peers, log };
    let (http, smtp) = (tokio::net::TcpListener::bind(&http).await?, TcpListener::bind(smtp)?);
    Ok(Gateway::serve(config, http, smtp).await?)
}
