//! A small multimedia messaging service centre: MM7 and MM1 over HTTP, MM4 over SMTP. It keeps what it has in
//! memory, trusts everybody, and shows how the calls of `mms_codec` follow each other.

mod smtp;

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use lettre::{SmtpTransport, Transport};
use mms_codec::Bytes;
use mms_codec::message::{Address, Interval, MmStatus, RequestStatus, Str, Timestamp};
use mms_codec::mm1::{self, Announcement, RetrieveConf, Version};
use mms_codec::mm4::{self, Posting, SmtpEnvelope};
use mms_codec::mm7::{self, Envelope};
use mms_codec::push::{Push, sms::Reference, sms::Split};
use mms_codec::relay::{self, Hop, Receipt, ReportReceipt, Sent, Service, Taken, TakenDeliveryReport};

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn now() -> Timestamp {
    SystemTime::now().into()
}

fn respond(response: Result<axum::http::Response<Bytes>, Failure>) -> Response {
    response.map_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response(), |response| response.map(Into::into))
}

pub struct Config {
    pub domain: String,
    /// How the numbers of its own phones begin.
    pub prefix: String,
    pub url: String,
    /// Where each service provider gets its reports, by `VASPID`.
    pub providers: HashMap<String, String>,
    pub peers: Vec<Peer>,
    /// Gets a line for each thing that happens, segments of pushes among them.
    pub log: Box<dyn Fn(String) + Send + Sync>,
}

#[derive(Clone)]
pub struct Peer {
    pub prefix: String,
    pub domain: String,
    pub smtp: SocketAddr,
}

/// Who sent a message, and gets the reports about it.
#[derive(Clone)]
enum Sender {
    Provider(String),
    Phone,
    Peer(Peer),
}

pub struct Gateway {
    config: Config,
    client: reqwest::Client,
    numbers: AtomicU64,
    /// What waits for which phone, by transaction.
    stored: Mutex<HashMap<String, (RetrieveConf, Address)>>,
    sent: Mutex<Vec<(Sent, Sender)>>,
}

impl Gateway {
    pub async fn serve(config: Config, http: tokio::net::TcpListener, smtp: TcpListener) -> std::io::Result<()> {
        let (client, numbers) = (reqwest::Client::new(), AtomicU64::default());
        let gateway = Arc::new(Self { config, client, numbers, stored: Mutex::default(), sent: Mutex::default() });
        smtp::serve(gateway.clone(), smtp);
        let routes = axum::Router::new().route("/mm7", post(Self::mm7)).route("/mm1", post(Self::mm1));
        axum::serve(http, routes.route("/mm1/{transaction}", get(Self::retrieve)).with_state(gateway)).await
    }

    fn log(&self, line: impl Into<String>) {
        (self.config.log)(line.into());
    }

    fn new_id(&self) -> String {
        format!("{}@{}", self.numbers.fetch_add(1, Ordering::Relaxed), self.config.domain)
    }

    fn posting(&self) -> Posting {
        Posting::new(format!("mms@{}", self.config.domain), &self.new_id(), now())
    }

    fn hop(&self, peer: &Peer) -> Hop {
        Hop::new(self.posting(), self.new_id(), &*self.config.domain, &*peer.domain)
    }

    fn peer_at(&self, path: Option<&Str>) -> Result<&Peer, Failure> {
        let domain = path.and_then(|path| path.rsplit('@').next()).unwrap_or_default();
        Ok(self.config.peers.iter().find(|peer| peer.domain == domain).ok_or("no such operator")?)
    }

    async fn mm7(State(gateway): State<Arc<Self>>, headers: HeaderMap, body: Bytes) -> Response {
        let answer = match mm7::decode_body(&headers, &body) {
            Ok(decoded) => gateway.submitted(decoded.value).await,
            Err(error) => Ok(mm7::fault_for(&error, &body)),
        };
        respond(answer.and_then(|answer| Ok(answer.http_response()?)))
    }

    async fn submitted(&self, request: Envelope) -> Result<Envelope, Failure> {
        let mm7::Pdu::SubmitReq(submit) = &request.pdu else {
            return Ok(request.fault(mm7::StatusCode::UNSUPPORTED_OPERATION));
        };
        let (receipt, provider) = (Receipt::new(now(), self.new_id()), submit.vasp_id.clone().unwrap_or_default());
        let answer = request.answer(mm7::StatusCode::SUCCESS, Some(receipt.message_id.clone()));
        self.accept(Taken::try_from(request)?, receipt, Sender::Provider(provider.to_string())).await?;
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
        let transaction = pdu.transaction_id().unwrap_or_default();
        let status = match pdu {
            mm1::Pdu::SendReq(send) => {
                let receipt = Receipt { sender: Some(phone), ..Receipt::new(now(), self.new_id()) };
                let mut conf = send.conf(relay::send_status(&RequestStatus::Ok, send.version));
                conf.message_id = Some(receipt.message_id.clone());
                self.accept(send.into(), receipt, Sender::Phone).await?;
                return Ok(Some(conf.into()));
            }
            mm1::Pdu::NotifyRespInd(resp) => relay::answered(&resp),
            mm1::Pdu::AcknowledgeInd(acknowledge) => relay::acknowledged(&acknowledge),
            _ => None,
        };
        let stored = self.stored.lock().unwrap().get(&*transaction).cloned();
        if let (Some((retrieve, phone)), Some(status)) = (stored, status) {
            self.became(retrieve.message_id.as_ref(), phone, status).await?;
        }
        Ok(None)
    }

    async fn retrieve(State(gateway): State<Arc<Self>>, Path(transaction): Path<String>) -> Response {
        let stored = gateway.stored.lock().unwrap();
        let Some((retrieve, _)) = stored.get(&transaction) else { return StatusCode::NOT_FOUND.into_response() };
        respond(mm1::http_response(Some(retrieve)).map_err(Failure::from))
    }

    /// Takes a message for its recipients: own phones are notified, other operators get it by mail.
    async fn accept(&self, taken: Taken, receipt: Receipt, sender: Sender) -> Result<(), Failure> {
        self.sent.lock().unwrap().push((Sent::new(&taken, &receipt), sender));
        let routed = relay::route(taken.clone(), &receipt, |to| {
            let mut peers = self.config.peers.iter();
            peers.find(|peer| to.value().starts_with(&peer.prefix)).map(|peer| self.hop(peer))
        });
        for mail in routed.mails {
            self.mail(&mail.pdu.into(), mail.envelope.unwrap_or_default()).await?;
        }
        for phone in routed.others {
            if !phone.value().starts_with(&self.config.prefix) {
                self.became(Some(&receipt.message_id), phone, MmStatus::Unreachable).await?;
                continue;
            }
            let transaction = self.new_id();
            let (url, days) = (format!("{}/mm1/{transaction}", self.config.url), Interval::from_seconds(172_800));
            let announcement = Announcement::new(&*transaction, Version::V1_2, url, days);
            let delivery = relay::to_mm1(taken.clone(), &receipt, announcement)?.pdu;
            self.stored.lock().unwrap().insert(transaction, (delivery.retrieve, phone.clone()));
            self.push(&phone, delivery.notification.into())?;
        }
        Ok(())
    }

    fn push(&self, phone: &Address, pdu: mm1::Pdu) -> Result<(), Failure> {
        let push = Push::for_pdu(1, &pdu)?.encode()?;
        for segment in Split::new(Reference::Short(1)).segments(&push.into())? {
            self.log(format!("push {} {:X}", phone.value(), Bytes::from(segment.encode()?)));
        }
        Ok(())
    }

    fn sent(&self, id: Option<&Str>) -> Option<(Sent, Sender)> {
        let sent = self.sent.lock().unwrap();
        sent.iter().find(|(sent, _)| id.is_some_and(|id| mm4::same_id(id, &sent.message_id))).cloned()
    }

    async fn became(&self, id: Option<&Str>, recipient: Address, status: MmStatus) -> Result<(), Failure> {
        let Some((sent, sender)) = self.sent(id) else { return Ok(()) };
        self.report(sent.delivery_report(recipient, status, now()).into_iter().collect(), &sender).await
    }

    async fn report(&self, reports: Vec<TakenDeliveryReport>, sender: &Sender) -> Result<(), Failure> {
        let receipt = ReportReceipt { arrived: now(), recipient: None };
        for report in reports {
            match sender {
                Sender::Provider(vasp_id) => {
                    let relayed = relay::delivery_report_to_mm7(report, &receipt, Service::default());
                    let Some(relayed) = relayed else { continue };
                    let url = self.config.providers.get(vasp_id).ok_or("no such provider")?.parse()?;
                    let request = Envelope::new(self.new_id(), relayed.pdu).http_request(url)?;
                    let status = self.client.execute(request.try_into()?).await?.status();
                    self.log(format!("report to {vasp_id}: {status}"));
                }
                Sender::Phone => {
                    let originator = report.report.originator.clone().ok_or("no originator")?;
                    if let Some(relayed) = relay::delivery_report_to_mm1(report, &receipt, Version::V1_2) {
                        self.push(&originator, relayed.pdu.into())?;
                    }
                }
                Sender::Peer(peer) => {
                    let relayed = relay::delivery_report_to_mm4(report, &receipt, self.hop(peer));
                    self.mail(&relayed.pdu.into(), relayed.envelope.unwrap_or_default()).await?;
                }
            }
        }
        Ok(())
    }

    async fn mail(&self, pdu: &mm4::Pdu, envelope: SmtpEnvelope) -> Result<(), Failure> {
        let (mail, peer) = (mm4::encode(pdu)?, self.peer_at(envelope.rcpt_to.first())?);
        let address = |path: &Str| path.parse::<lettre::Address>();
        let to = envelope.rcpt_to.iter().map(address).collect::<Result<_, _>>()?;
        let envelope = lettre::address::Envelope::new(envelope.mail_from.as_ref().map(address).transpose()?, to)?;
        let smtp = SmtpTransport::builder_dangerous(peer.smtp.ip().to_string()).port(peer.smtp.port()).build();
        tokio::task::spawn_blocking(move || smtp.send_raw(&envelope, &mail)).await??;
        self.log(format!("{} to {}", pdu.name(), peer.domain));
        Ok(())
    }

    async fn arrived(&self, octets: Bytes, envelope: SmtpEnvelope) -> Result<(), Failure> {
        let answer = match mm4::decode(&octets) {
            Ok(decoded) => {
                let answer = decoded.value.answer(RequestStatus::Ok, self.posting());
                self.of_peer(decoded.value, &envelope).await?;
                answer
            }
            Err(error) => mm4::answer_for(&error, &octets, self.posting()),
        };
        let Some(answer) = answer else { return Ok(()) };
        self.mail(&answer, answer.envelope()).await
    }

    async fn of_peer(&self, pdu: mm4::Pdu, envelope: &SmtpEnvelope) -> Result<(), Failure> {
        match pdu {
            mm4::Pdu::ForwardReq(request) => {
                let peer = self.peer_at(request.answer_address().and_then(mm4::path).as_ref())?.clone();
                let receipt = Receipt::new(now(), request.message_id.as_deref().unwrap_or(&self.new_id()));
                let taken = relay::from_mm4(request, envelope, &self.config.domain);
                self.accept(taken, receipt, Sender::Peer(peer)).await
            }
            mm4::Pdu::ForwardRes(res) => {
                self.log(format!("answer {}", res.status.as_ref().map_or("", RequestStatus::as_str)));
                let peer = self.peer_at(res.sender.as_ref().and_then(mm4::path).as_ref())?;
                let Some((sent, sender)) = self.sent(res.message_id.as_ref()) else { return Ok(()) };
                let theirs = sent.recipients().filter(|to| to.value().starts_with(&peer.prefix)).cloned();
                self.report(sent.outcome(res.into(), &theirs.collect::<Vec<_>>(), now()), &sender).await
            }
            mm4::Pdu::DeliveryReportReq(request) => {
                let Some((_, sender)) = self.sent(request.report.message_id.as_ref()) else { return Ok(()) };
                self.report(vec![request.into()], &sender).await
            }
            _ => Ok(()),
        }
    }
}
