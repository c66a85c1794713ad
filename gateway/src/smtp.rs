//! Taking mail: `mailin` speaks SMTP, one session at a time.

use std::io::{BufRead, BufReader, Result};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use mailin::{Action, Handler, Response, SessionBuilder, response::OK};
use mms_codec::mm4::SmtpEnvelope;

use crate::Gateway;

pub(crate) fn serve(gateway: Arc<Gateway>, listener: TcpListener) {
    let (runtime, envelope) = (tokio::runtime::Handle::current(), SmtpEnvelope::default());
    let inbox = Inbox { gateway, runtime, envelope, mail: Vec::new() };
    std::thread::spawn(move || listener.incoming().flatten().for_each(|stream| drop(inbox.clone().session(stream))));
}

#[derive(Clone)]
struct Inbox {
    gateway: Arc<Gateway>,
    runtime: tokio::runtime::Handle,
    envelope: SmtpEnvelope,
    mail: Vec<u8>,
}

impl Inbox {
    fn session(self, mut stream: TcpStream) -> Result<()> {
        let builder = SessionBuilder::new(self.gateway.config.domain.clone());
        let mut session = builder.build(stream.peer_addr()?.ip(), self);
        let (mut lines, mut line) = (BufReader::new(stream.try_clone()?), Vec::new());
        session.greeting().write_to(&mut stream)?;
        while lines.read_until(b'\n', &mut line)? > 0 {
            let response = session.process(&line);
            match response.action {
                Action::NoReply => {}
                Action::Close => return response.write_to(&mut stream),
                _ => response.write_to(&mut stream)?,
            }
            line.clear();
        }
        Ok(())
    }
}

impl Handler for Inbox {
    fn data_start(&mut self, _: &str, from: &str, _: bool, to: &[String]) -> Response {
        (self.envelope, self.mail) = (SmtpEnvelope::new(from, to.iter().cloned()), Vec::new());
        OK
    }

    fn data(&mut self, octets: &[u8]) -> Result<()> {
        self.mail.extend_from_slice(octets);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let Self { gateway, mail, envelope, .. } = self.clone();
        self.runtime.spawn(async move {
            if let Err(error) = gateway.arrived(mail.into(), envelope).await {
                gateway.log(format!("mail refused: {error}"));
            }
        });
        OK
    }
}
