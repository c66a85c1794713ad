//! Two operators on loopback: a service provider and two phones, over real HTTP and SMTP.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::routing::post;
use mms_codec::message::{Address, ContentType, DeliveryReport, MmStatus, Originator, Part};
use mms_codec::mm7::{self, Envelope, StatusCode, SubmitReq};
use mms_codec::push::sms::{JoinLimits, Joined, Joiner, UserData};
use mms_codec::{Bytes, Options, mm1, push};
use serde_json::{Value, json};
use tokio::sync::mpsc::{self, UnboundedReceiver};

const ANN: &str = "+12025550101";
const BEN: &str = "+447700900123";

/// What comes next, but not later than a test may take.
async fn next<T>(from: &mut UnboundedReceiver<T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), from.recv()).await.expect("it comes in time").expect("it comes")
}

/// What a program prints. What is not asked for yet is kept: mails and pushes that are sent at once come in any order.
struct Lines {
    coming: UnboundedReceiver<String>,
    kept: Vec<String>,
}

impl Lines {
    /// What is found in the first line in which it is.
    async fn find<T>(&mut self, mut found: impl FnMut(&str) -> Option<T>) -> T {
        let mut at = 0;
        loop {
            if at == self.kept.len() {
                self.kept.push(next(&mut self.coming).await);
                println!("{}", self.kept[at]);
            }
            if let Some(found) = found(&self.kept[at]) {
                self.kept.remove(at);
                return found;
            }
            at += 1;
        }
    }

    /// The next line that begins so, without the beginning.
    async fn line(&mut self, start: &str) -> String {
        self.find(|line| line.strip_prefix(start).map(str::to_owned)).await
    }

    /// The next PDU that is pushed to a phone and is wanted.
    async fn pushed<T>(&mut self, phone: &str, wanted: fn(mm1::Pdu) -> Option<T>) -> T {
        let start = format!("push {phone} ");
        let mut joiner = Joiner::new(JoinLimits::DEFAULT);
        self.find(|line| {
            let digits = line.strip_prefix(&start)?;
            let segment: Vec<u8> =
                (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect();
            let segment = UserData::decode_with(&Bytes::from(segment), &Options::strict()).unwrap().value;
            let Joined::Complete(message) = joiner.add(phone, &segment).unwrap() else { return None };
            wanted(push::decode(&message.data).unwrap().value.pdu(&Options::strict()).unwrap().value)
        })
        .await
    }

    /// The next report that is pushed to a phone.
    async fn report(&mut self, phone: &str) -> DeliveryReport {
        let report = |pdu| if let mm1::Pdu::DeliveryInd(report) = pdu { Some(report.report) } else { None };
        self.pushed(phone, report).await
    }

    /// The next mail that arrives at the other operator, of the type that is named.
    async fn mail(&mut self, message_type: &str) -> Value {
        let mail = self.find(|line| {
            let mail: Value = serde_json::from_str(line).unwrap();
            (mail["fields"]["X-Mms-Message-Type"] == message_type).then_some(mail)
        });
        let mail = mail.await;
        assert_eq!(mail["defects"], json!([]));
        assert_eq!(mail["from"], format!("mms@{HOME}"));
        mail
    }
}

/// A phone of somebody's, which fetches what it is notified of, and acknowledges it.
struct Phone<'a> {
    number: &'a str,
    operator: &'a str,
    client: reqwest::Client,
}

impl Phone<'_> {
    async fn send(&self, pdu: mm1::Pdu) -> Bytes {
        let request = self.client.post(format!("http://{}/mm1", self.operator)).header("x-msisdn", self.number);
        let [(name, value)] = mm1::HTTP_FIELDS;
        request.header(name, value).body(mm1::encode(&pdu).unwrap()).send().await.unwrap().bytes().await.unwrap()
    }

    async fn fetch(&self, lines: &mut Lines) -> mm1::RetrieveConf {
        let notification =
            |pdu| if let mm1::Pdu::NotificationInd(notification) = pdu { Some(notification) } else { None };
        let notification = lines.pushed(self.number, notification).await;
        let location = notification.content_location.clone().unwrap();
        let response = self.client.get(&*location).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], ContentType::MMS_MESSAGE);
        let octets = response.bytes().await.unwrap();
        assert_eq!(notification.message_size, Some(octets.len() as u64));
        let decoded = mm1::decode(&octets).unwrap();
        assert_eq!(decoded.deviations, []);
        let mm1::Pdu::RetrieveConf(retrieve) = decoded.value else { panic!() };
        self.send(retrieve.acknowledge().unwrap().into()).await;
        retrieve
    }
}

/// A program that runs until it is dropped, and what it prints.
struct Program {
    child: Child,
    lines: Lines,
}

impl Program {
    async fn start(program: &str, args: &[&str]) -> Self {
        let mut command = Command::new(program);
        let mut child = command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (printed, coming) = mpsc::unbounded_channel();
        let mut lines = Lines { coming, kept: Vec::new() };
        let stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| printed.send(line)));
        lines.line("ready").await;
        Self { child, lines }
    }

    /// The gateway of an operator.
    async fn gateway(args: [&str; 3], networks: &[String]) -> Self {
        let networks = networks.iter().map(String::as_str);
        Self::start(env!("CARGO_BIN_EXE_mms-gateway"), &args.into_iter().chain(networks).collect::<Vec<_>>()).await
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Addresses that no program has.
fn addresses<const N: usize>() -> [String; N] {
    let listeners = [(); N].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().to_string())
}

/// A message for another operator's phone, whose sender wants a report.
fn send(to: &str) -> mm1::SendReq {
    let mut send = mm1::SendReq::default();
    send.transaction_id = Some("T1".into());
    send.version = mm1::Version::V1_2;
    send.message.from = Some(Originator::InsertAddress);
    send.message.to.push(Address::phone(to));
    send.message.subject = Some("Été".into());
    send.message.delivery_report = Some(true);
    send.message.body = Some(Part::new(ContentType::new("image/gif"), &b"GIF89a"[..]));
    send
}

const HOME: &str = "mms.mnc012.mcc345.gprs";
const AWAY: &str = "mms.mnc015.mcc234.gprs";

#[tokio::test(flavor = "multi_thread")]
async fn a_message_reaches_phones_and_its_reports_come_back() {
    // The service provider takes reports.
    let (reports, mut reported) = mpsc::unbounded_channel();
    let provider = axum::Router::new().route(
        "/",
        post(async move |headers: HeaderMap, body: Bytes| {
            let content_type = headers["content-type"].to_str().unwrap();
            let report = mm7::decode(content_type, &body).unwrap().value;
            let answer = mm7::encode(&report.answer(StatusCode::SUCCESS, None).unwrap()).unwrap();
            reports.send(report).unwrap();
            (answer.response_fields().map(|(name, value)| (name, value.to_owned())), answer.body()).into_response()
        }),
    );
    let http = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let provider_url = format!("http://{}/", http.local_addr().unwrap());
    tokio::spawn(async { axum::serve(http, provider).await });

    let [home_http, home_smtp, away_http, away_smtp] = addresses();
    let networks = ["+1=phones".into(), format!("7255={provider_url}"), format!("+44={AWAY}@{away_smtp}")];
    let mut home = Program::gateway([HOME, &home_http, &home_smtp], &networks).await;
    let networks = ["+44=phones".into(), format!("+1={HOME}@{home_smtp}")];
    let mut away = Program::gateway([AWAY, &away_http, &away_smtp], &networks).await;
    let client = reqwest::Client::new();
    let ann = Phone { number: ANN, operator: &home_http, client: client.clone() };
    let ben = Phone { number: BEN, operator: &away_http, client: client.clone() };

    // It submits a message, for which it wants a report.
    let mut submit = SubmitReq::default();
    submit.vasp_id = Some("acme".into());
    submit.message.to.push(Address::phone(ANN));
    submit.message.from = Some(Address::short_code("7255").into());
    submit.message.delivery_report = Some(true);
    submit.message.body = Some(Part::new(ContentType::new("text/plain"), "Tram line 4 runs again"));
    let encoded = mm7::encode(&Envelope::new("t-1", submit)).unwrap();
    let request = client.post(format!("http://{home_http}/mm7")).body(encoded.body());
    let fields = encoded.request_fields();
    let request = fields.into_iter().fold(request, |request, (name, value)| request.header(name, value));
    let response = request.send().await.unwrap();
    let content_type = response.headers()["content-type"].to_str().unwrap().to_owned();
    let answer = mm7::decode(&content_type, &response.bytes().await.unwrap()).unwrap().value;
    let mm7::Pdu::SubmitRsp(answer) = answer.pdu else { panic!() };
    assert_eq!(answer.status.code, Some(StatusCode::SUCCESS));

    // Ann's phone fetches it, and the provider hears of that.
    let retrieve = ann.fetch(&mut home.lines).await;
    assert_eq!(retrieve.message.from.as_ref().and_then(Originator::address).unwrap().value(), "7255");
    assert_eq!(retrieve.message.body.unwrap().parts()[0].text().unwrap(), "Tram line 4 runs again");
    let mm7::Pdu::DeliveryReportReq(report) = next(&mut reported).await.pdu else { panic!() };
    assert_eq!((report.report.message_id, report.report.status), (answer.message_id, Some(MmStatus::Retrieved)));
    assert_eq!(home.lines.line("DeliveryReportReq to ").await, format!("{provider_url}: 200 OK"));

    // What is not MM7 is answered with a fault.
    let response = client.post(format!("http://{home_http}/mm7")).header("content-type", "text/xml").body("<a").send();
    assert_eq!(response.await.unwrap().status(), 500);

    // Ann writes to Ben, who is with another operator, whose answer comes by mail as his report does.
    let mm1::Pdu::SendConf(conf) = mm1::decode(&ann.send(send(BEN).into()).await).unwrap().value else { panic!() };
    assert_eq!(conf.response_status, Some(mm1::ResponseStatus::OK));
    let retrieve = ben.fetch(&mut away.lines).await;
    assert_eq!(retrieve.message.from.as_ref().and_then(Originator::address).unwrap().value(), ANN);
    assert_eq!(retrieve.message.body.unwrap().parts()[0].octets().unwrap(), "GIF89a");
    assert_eq!(home.lines.line("answer ").await, "Ok");
    let report = home.lines.report(ANN).await;
    assert_eq!((report.message_id, report.status), (conf.message_id, Some(MmStatus::Retrieved)));
    assert_eq!(report.recipient.unwrap().value(), BEN);

    // Nobody has this message.
    let status = client.get(format!("http://{home_http}/mm1/nothing")).send().await.unwrap().status();
    assert_eq!(status, 404);

    // Nobody serves this number.
    ann.send(send("+33612345678").into()).await;
    let report = home.lines.report(ANN).await;
    assert_eq!(report.status, Some(MmStatus::Unreachable));

    // Ann writes to the provider's number.
    let mut vote = send("7255");
    vote.message.to = vec![Address::short_code("7255")];
    ann.send(vote.into()).await;
    let mm7::Pdu::DeliverReq(deliver) = next(&mut reported).await.pdu else { panic!() };
    assert_eq!(deliver.message.from.as_ref().and_then(Originator::address).unwrap().value(), ANN);
}

/// The Python that has aiosmtpd, if any has: `MMS_PYTHON`, or the first in the path. With `MMS_REQUIRE_AIOSMTPD`
/// set, as in CI, its absence is a failure.
fn python() -> Option<String> {
    let python = std::env::var("MMS_PYTHON").unwrap_or_else(|_| "python3".into());
    let found = Command::new(&python).args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
    if found.is_ok_and(|status| status.success()) {
        return Some(python);
    }
    assert!(std::env::var_os("MMS_REQUIRE_AIOSMTPD").is_none(), "{python} has no aiosmtpd");
    eprintln!("skipped: {python} has no aiosmtpd; pip install aiosmtpd, and name it in MMS_PYTHON");
    None
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_in_python_takes_messages_answers_and_replies() {
    let Some(python) = python() else { return };
    let [http, smtp, away] = addresses();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peer.py");
    let mut operator = Program::start(&python, &[script, AWAY, &away, &smtp]).await;
    let networks = ["+1=phones".into(), format!("+44={AWAY}@{away}")];
    let mut home = Program::gateway([HOME, &http, &smtp], &networks).await;
    let ann = Phone { number: ANN, operator: &http, client: reqwest::Client::new() };

    // What Ann sends is read there as she meant it.
    let mm1::Pdu::SendConf(conf) = mm1::decode(&ann.send(send(BEN).into()).await).unwrap().value else { panic!() };
    let message_id = conf.message_id.unwrap();
    let forward = operator.lines.mail("MM4_forward.REQ").await;
    assert_eq!(forward["to"], json!([format!("{BEN}/TYPE=PLMN@{AWAY}")]));
    assert_eq!(forward["parts"], json!([["image/gif", "GIF89a"]]));
    let fields = &forward["fields"];
    for (name, value) in [
        ("From", format!("{ANN}/TYPE=PLMN@{HOME}")),
        ("To", format!("{BEN}/TYPE=PLMN@{AWAY}")),
        ("Subject", "Été".into()),
        ("X-Mms-Message-ID", format!("\"{message_id}\"")),
        ("X-Mms-Delivery-Report", "Yes".into()),
        ("X-Mms-Ack-Request", "Yes".into()),
        ("X-Mms-Originator-System", format!("mms@{HOME}")),
    ] {
        assert_eq!(fields[name], value, "{name}");
    }

    // Its answer and its report arrive.
    assert_eq!(home.lines.line("answer ").await, "Ok");
    let report = home.lines.report(ANN).await;
    assert_eq!((report.message_id, report.status), (Some(message_id), Some(MmStatus::Retrieved)));
    assert_eq!(report.recipient.unwrap().value(), BEN);
    let answer = operator.lines.mail("MM4_delivery_report.RES").await;
    assert_eq!(answer["fields"]["X-Mms-Transaction-ID"], "report-1");
    assert_eq!(answer["to"], json!([format!("system@{AWAY}")]));

    // So does the reply, which is answered and reported.
    let retrieve = ann.fetch(&mut home.lines).await;
    assert_eq!(retrieve.message.from.as_ref().and_then(Originator::address).unwrap().value(), BEN);
    let body = retrieve.message.body.unwrap();
    let [text, image] = body.parts() else { panic!() };
    assert_eq!(text.text().unwrap().trim_end(), "Très bien !");
    assert_eq!((image.octets().unwrap(), image.name()), (&Bytes::from_static(b"GIF89a"), Some("été.gif".into())));
    let answer = operator.lines.mail("MM4_forward.RES").await;
    assert_eq!(answer["fields"]["X-Mms-Message-ID"], "\"reply@elsewhere\"");
    assert_eq!(answer["fields"]["X-Mms-Request-Status-Code"], "Ok");
    let report = operator.lines.mail("MM4_delivery_report.REQ").await;
    assert_eq!(report["to"], json!([format!("{BEN}/TYPE=PLMN@{AWAY}")]));
    assert_eq!(report["fields"]["X-Mms-Message-ID"], "\"reply@elsewhere\"");
    assert_eq!(report["fields"]["X-Mms-MM-Status-Code"], "Retrieved");

    // What it refuses, it is refused for Ann.
    ann.send(send("+447700900129").into()).await;
    assert_eq!(home.lines.line("answer ").await, "Error-service-denied");
    let report = home.lines.report(ANN).await;
    assert_eq!(report.status, Some(MmStatus::Rejected));
    assert_eq!(report.recipient.unwrap().value(), "+447700900129");
}
