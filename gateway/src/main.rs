//! A small multimedia messaging service centre: MM7 and MM1 over HTTP, MM4 over SMTP. It keeps what it has in
//! memory, trusts everybody, and shows how the calls of `mms_codec` follow each other.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use lettre::{SmtpTransport, Transport};
use mailin_embedded::{Handler, Server, response::OK};
use mms_codec::Bytes;
use mms_codec::message::{Address, Interval, MmStatus, RequestStatus, Str};
use mms_codec::mm1::{self, Announcement, RetrieveConf, Version};
use mms_codec::mm4::{self, Posting, SmtpEnvelope};
use mms_codec::mm7::{self, Envelope};
use mms_codec::push::{Push, sms::Reference, sms::Split};
use mms_codec::relay::{self, Hop, Receipt, ReportReceipt, Sent, Service, Taken, TakenDeliveryReport};

const USAGE: &str = "usage: mms-gateway DOMAIN HTTP_ADDRESS SMTP_ADDRESS PREFIX=NETWORK...
where NETWORK is `phones`, the URL of a service provider, or DOMAIN@SMTP_ADDRESS of another operator";

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [domain, http, smtp, known @ ..] = &*args else { return Err(USAGE.into()) };
    let mut gateway = Gateway { domain: domain.clone(), url: format!("http://{http}"), ..Gateway::default() };
    for known in known {
        let (prefix, network) = known.split_once('=').ok_or(USAGE)?;
        let network = match network.split_once('@') {
            _ if network == "phones" => Network::Phones,
            Some((domain, smtp)) => Network::Operator { domain: domain.into(), smtp: smtp.parse()? },
            None => Network::Provider(network.parse()?),
        };
        gateway.networks.push((prefix.into(), network));
    }
    let gateway = Arc::new(gateway);
    let (runtime, envelope) = (tokio::runtime::Handle::current(), SmtpEnvelope::default());
    let mut server = Server::new(Inbox { gateway: gateway.clone(), runtime, envelope, mail: Vec::new() });
    server.with_name(&*gateway.domain).with_tcp_listener(std::net::TcpListener::bind(smtp)?);
    tokio::task::spawn_blocking(|| server.serve().map_err(|error| eprintln!("{error}")));
    let routes = axum::Router::new().route("/mm7", post(Gateway::mm7)).route("/mm1", post(Gateway::mm1));
    let routes = routes.route("/mm1/{transaction}", get(Gateway::retrieve)).with_state(gateway);
    let listener = tokio::net::TcpListener::bind(http).await?;
    println!("ready");
    Ok(axum::serve(listener, routes).await?)
}

fn respond(response: Result<axum::http::Response<Bytes>, Failure>) -> Response {
    response.map_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response(), |response| response.map(Into::into))
}

/// A network, known by how its addresses begin.
enum Network {
    /// Phones of the own network, on MM1.
    Phones,
    /// A service provider, on MM7.
    Provider(Uri),
    /// Another operator, on MM4.
    Operator { domain: String, smtp: SocketAddr },
}

#[derive(Default)]
struct Gateway {
    domain: String,
    url: String,
    networks: Vec<(String, Network)>,
    client: reqwest::Client,
    numbers: AtomicU64,
    /// What went to phones and operators, by transaction, and what the phones may fetch.
    sent: Mutex<HashMap<Str, (Sent, Option<RetrieveConf>)>>,
}

impl Gateway {
    fn new_id(&self) -> String {
        format!("{}@{}", self.numbers.fetch_add(1, Ordering::Relaxed), self.domain)
    }

    fn posting(&self) -> Posting {
        Posting::new(format!("mms@{}", self.domain), &self.new_id(), SystemTime::now())
    }

    fn network(&self, of: &Address) -> Option<&Network> {
        let is_of = |to: &Network| matches!(to, Network::Operator { domain, .. } if of.value().ends_with(domain));
        let mut networks = self.networks.iter();
        networks.find(|(prefix, network)| of.value().starts_with(prefix) || is_of(network)).map(|(_, network)| network)
    }

    fn hop(&self, to: &Address) -> Option<Hop> {
        let Some(Network::Operator { domain, .. }) = self.network(to) else { return None };
        Some(Hop::new(self.posting(), self.new_id(), &*self.domain, &**domain))
    }

    async fn mm7(State(gateway): State<Arc<Self>>, headers: HeaderMap, body: Bytes) -> Response {
        let answer = match mm7::decode_body(&headers, &body) {
            Ok(decoded) => gateway.submitted(decoded.value).await,
            Err(error) => Ok(mm7::fault_for(&error, &body)),
        };
        respond(answer.and_then(|answer| Ok(answer.http_response()?)))
    }

    async fn submitted(&self, request: Envelope) -> Result<Envelope, Failure> {
        let mm7::Pdu::SubmitReq(_) = request.pdu else {
            return Ok(request.fault(mm7::StatusCode::UNSUPPORTED_OPERATION));
        };
        let receipt = Receipt::new(SystemTime::now(), self.new_id());
        let answer = request.answer(mm7::StatusCode::SUCCESS, Some(receipt.message_id.clone()));
        self.accept(Taken::try_from(request)?, receipt).await?;
        Ok(answer.ok_or("not a request")?)
    }

    /// A phone sends a PDU. The network says whose it is.
    async fn mm1(State(gateway): State<Arc<Self>>, headers: HeaderMap, body: Bytes) -> Response {
        let number = headers.get("x-msisdn").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let answer = match mm1::decode(&body) {
            Ok(decoded) => gateway.take(decoded.value, Address::phone(number)).await,
            Err(error) => Ok(mm1::answer_for(&error, &body)),
        };
        respond(answer.and_then(|answer| Ok(mm1::http_response(answer.as_ref())?)))
    }

    async fn take(&self, pdu: mm1::Pdu, phone: Address) -> Result<Option<mm1::Pdu>, Failure> {
        let sent = pdu.transaction_id().and_then(|transaction| self.sent(&transaction));
        let status = match pdu {
            mm1::Pdu::SendReq(send) => {
                let receipt = Receipt { sender: Some(phone), ..Receipt::new(SystemTime::now(), self.new_id()) };
                let conf = relay::send_conf(&send, &RequestStatus::Ok, &receipt);
                self.accept(send.into(), receipt).await?;
                return Ok(Some(conf.into()));
            }
            mm1::Pdu::NotifyRespInd(resp) => relay::answered(&resp),
            mm1::Pdu::AcknowledgeInd(acknowledge) => relay::acknowledged(&acknowledge),
            _ => None,
        };
        if let (Some(sent), Some(status)) = (sent, status) {
            self.report(sent.delivery_reports(status, SystemTime::now())).await?;
        }
        Ok(None)
    }

    async fn retrieve(State(gateway): State<Arc<Self>>, Path(transaction): Path<String>) -> Response {
        let sent = gateway.sent.lock().unwrap();
        let Some((_, Some(retrieve))) = sent.get(&*transaction) else { return StatusCode::NOT_FOUND.into_response() };
        respond(mm1::http_response(Some(retrieve)).map_err(Failure::from))
    }

    /// Takes a message for its recipients, each in the network that serves it.
    async fn accept(&self, taken: Taken, receipt: Receipt) -> Result<(), Failure> {
        let sent = Sent::new(&taken, &receipt);
        let routed = relay::route(taken.clone(), &receipt, |to| self.hop(to));
        for mail in routed.mails {
            let transaction = mail.pdu.transaction_id.clone().unwrap_or_default();
            self.sent.lock().unwrap().insert(transaction, (sent.part_for(mail.recipients()), None));
            self.mail(mail.pdu, mail.envelope).await?;
        }
        for recipient in routed.others {
            let sent = sent.part_for([recipient.clone()]);
            match self.network(&recipient) {
                Some(Network::Phones) => self.notify(taken.clone(), &receipt, sent, &recipient)?,
                Some(Network::Provider(url)) => {
                    let service = Service { serves: vec![recipient], ..Service::default() };
                    self.post(url, relay::to_mm7(taken.clone(), &receipt, service).pdu).await?;
                }
                _ => self.report(sent.delivery_reports(MmStatus::Unreachable, SystemTime::now())).await?,
            }
        }
        Ok(())
    }

    fn notify(&self, taken: Taken, receipt: &Receipt, sent: Sent, phone: &Address) -> Result<(), Failure> {
        let transaction = self.new_id();
        let (url, days) = (format!("{}/mm1/{transaction}", self.url), Interval::from_seconds(172_800));
        let announcement = Announcement::new(&*transaction, Version::V1_2, url, days);
        let delivery = relay::to_mm1(taken, receipt, announcement)?.pdu;
        self.sent.lock().unwrap().insert(transaction.into(), (sent, Some(delivery.retrieve)));
        self.push(phone, delivery.notification.into())
    }

    fn push(&self, phone: &Address, pdu: mm1::Pdu) -> Result<(), Failure> {
        let push = Push::for_pdu(1, &pdu)?.encode()?;
        let split = Split::new(Reference::Short(self.numbers.fetch_add(1, Ordering::Relaxed).to_le_bytes()[0]));
        for segment in split.segments(&push.into())? {
            println!("push {} {:X}", phone.value(), Bytes::from(segment.encode()?));
        }
        Ok(())
    }

    async fn post(&self, url: &Uri, pdu: impl Into<mm7::Pdu>) -> Result<(), Failure> {
        let envelope = Envelope::new(self.new_id(), pdu);
        let request = envelope.http_request(url.clone())?;
        let status = self.client.execute(request.try_into()?).await?.status();
        println!("{} to {url}: {status}", envelope.pdu.name());
        Ok(())
    }

    fn sent(&self, transaction: &str) -> Option<Sent> {
        self.sent.lock().unwrap().get(transaction).map(|(sent, _)| sent.clone())
    }

    async fn report(&self, reports: impl IntoIterator<Item = TakenDeliveryReport>) -> Result<(), Failure> {
        let receipt = ReportReceipt::new(SystemTime::now());
        for report in reports {
            let Some(to) = report.report.originator.clone() else { continue };
            match self.network(&to) {
                Some(Network::Phones) => {
                    if let Some(relayed) = relay::delivery_report_to_mm1(report, &receipt, Version::V1_2) {
                        self.push(&to, relayed.pdu.into())?;
                    }
                }
                Some(Network::Provider(url)) => {
                    if let Some(relayed) = relay::delivery_report_to_mm7(report, &receipt, Service::default()) {
                        self.post(url, relayed.pdu).await?;
                    }
                }
                Some(Network::Operator { .. }) => {
                    let hop = self.hop(&to).ok_or("no such operator")?;
                    let relayed = relay::delivery_report_to_mm4(report, &receipt, hop);
                    self.mail(relayed.pdu, relayed.envelope).await?;
                }
                None => println!("nobody to report to at {}", to.value()),
            }
        }
        Ok(())
    }

    /// Sends a mail to the operator in its envelope, or if it has none, to whom its header names.
    async fn mail(&self, pdu: impl Into<mm4::Pdu>, envelope: Option<SmtpEnvelope>) -> Result<(), Failure> {
        let pdu = pdu.into();
        let (mail, envelope) = (mm4::encode(&pdu)?, envelope.unwrap_or_else(|| pdu.envelope()));
        let peer = envelope.recipients().next().and_then(|to| self.network(&to));
        let Some(Network::Operator { domain, smtp }) = peer else { return Err("no such operator".into()) };
        let path = |path: &Str| path.parse::<lettre::Address>();
        let to = envelope.rcpt_to.iter().map(path).collect::<Result<_, _>>()?;
        let envelope = lettre::address::Envelope::new(envelope.mail_from.as_ref().map(path).transpose()?, to)?;
        let smtp = SmtpTransport::builder_dangerous(smtp.ip().to_string()).port(smtp.port()).build();
        tokio::task::spawn_blocking(move || smtp.send_raw(&envelope, &mail)).await??;
        println!("{} to {domain}", pdu.name());
        Ok(())
    }

    async fn arrived(&self, octets: Bytes, envelope: SmtpEnvelope) -> Result<(), Failure> {
        let decoded = mm4::decode(&octets).map(|decoded| decoded.value);
        let answer = match &decoded {
            Ok(pdu) => pdu.answer(RequestStatus::Ok, self.posting()),
            Err(error) => mm4::answer_for(error, &octets, self.posting()),
        };
        if let Some(answer) = answer {
            self.mail(answer, None).await?;
        }
        match decoded? {
            mm4::Pdu::ForwardReq(request) => {
                let id = request.message_id.clone().unwrap_or_else(|| self.new_id().into());
                let taken = relay::from_mm4(request, &envelope, &self.domain);
                self.accept(taken, Receipt::new(SystemTime::now(), id)).await
            }
            mm4::Pdu::ForwardRes(res) => {
                println!("answer {}", res.status.as_ref().map_or("", RequestStatus::as_str));
                let sent = res.transaction_id.as_deref().and_then(|transaction| self.sent(transaction));
                self.report(sent.map(|sent| sent.outcome(res.into(), SystemTime::now())).unwrap_or_default()).await
            }
            mm4::Pdu::DeliveryReportReq(request) => self.report([request.into()]).await,
            _ => Ok(()),
        }
    }
}

#[derive(Clone)]
struct Inbox {
    gateway: Arc<Gateway>,
    runtime: tokio::runtime::Handle,
    envelope: SmtpEnvelope,
    mail: Vec<u8>,
}

impl Handler for Inbox {
    fn data_start(&mut self, _: &str, from: &str, _: bool, to: &[String]) -> mailin_embedded::Response {
        (self.envelope, self.mail) = (SmtpEnvelope::new(from, to.iter().cloned()), Vec::new());
        OK
    }

    fn data(&mut self, octets: &[u8]) -> std::io::Result<()> {
        self.mail.extend_from_slice(octets);
        Ok(())
    }

    fn data_end(&mut self) -> mailin_embedded::Response {
        let Self { gateway, envelope, mail, .. } = self.clone();
        self.runtime.spawn(async move {
            let arrived = gateway.arrived(mail.into(), envelope).await;
            arrived.inspect_err(|error| println!("mail refused: {error}"))
        });
        OK
    }
}
