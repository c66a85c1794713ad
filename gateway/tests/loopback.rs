//! Two operators on loopback: a service provider and two phones, over real HTTP and SMTP.

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::routing::post;
use mms_codec::message::{Address, ContentType, MmStatus, Originator, Part};
use mms_codec::mm7::{self, Envelope, StatusCode, SubmitReq};
use mms_codec::push::sms::UserData;
use mms_codec::{Bytes, Options, mm1, push};
use mms_gateway::{Config, Gateway, Peer};
use tokio::sync::mpsc::{self, UnboundedReceiver};

const ANN: &str = "+12025550101";
const BEN: &str = "+447700900123";

/// What comes next, but not later than a test may take.
async fn next<T>(from: &mut UnboundedReceiver<T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), from.recv()).await.expect("it comes in time").expect("it comes")
}

/// The next line that begins so, without the beginning.
async fn line(lines: &mut UnboundedReceiver<String>, start: &str) -> String {
    loop {
        let line = next(lines).await;
        println!("{line}");
        if let Some(rest) = line.strip_prefix(start) {
            return rest.to_owned();
        }
    }
}

/// The PDU that is pushed next to a phone.
async fn pushed(lines: &mut UnboundedReceiver<String>, phone: &str) -> mm1::Pdu {
    let mut octets = Vec::new();
    loop {
        let digits = line(lines, &format!("push {phone} ")).await;
        let segment: Vec<u8> =
            (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect();
        let segment = UserData::decode(&Bytes::from(segment), &Options::strict()).unwrap().value;
        octets.extend_from_slice(&segment.data);
        if segment.header.concatenation().is_none_or(|place| place.index == place.total) {
            let push = push::decode(&Bytes::from(octets)).unwrap().value;
            return push.pdu(&Options::strict()).unwrap().value;
        }
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
        let request = self.client.post(format!("{}/mm1", self.operator)).header("x-msisdn", self.number);
        let [(name, value)] = mm1::HTTP_FIELDS;
        request.header(name, value).body(mm1::encode(&pdu).unwrap()).send().await.unwrap().bytes().await.unwrap()
    }

    async fn fetch(&self, lines: &mut UnboundedReceiver<String>) -> mm1::RetrieveConf {
        let mm1::Pdu::NotificationInd(notification) = pushed(lines, self.number).await else { panic!() };
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

/// The gateway of an operator, and what it logs.
async fn operator(
    domain: &str,
    prefix: &str,
    providers: HashMap<String, String>,
    peer: (&str, &str, SocketAddr),
    smtp: TcpListener,
) -> (String, UnboundedReceiver<String>) {
    let http = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", http.local_addr().unwrap());
    let (log, lines) = mpsc::unbounded_channel();
    let log = Box::new(move |line| drop(log.send(line)));
    let peers = vec![Peer { prefix: peer.0.into(), domain: peer.1.into(), smtp: peer.2 }];
    let config = Config { domain: domain.into(), prefix: prefix.into(), url: url.clone(), providers, peers, log };
    tokio::spawn(Gateway::serve(config, http, smtp));
    (url, lines)
}

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
    let providers = HashMap::from([("acme".to_owned(), format!("http://{}/", http.local_addr().unwrap()))]);
    tokio::spawn(async { axum::serve(http, provider).await });

    let [home_smtp, away_smtp] = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    let [home_at, away_at] = [&home_smtp, &away_smtp].map(|smtp| smtp.local_addr().unwrap());
    let (home, away) = ("mms.mnc012.mcc345.gprs", "mms.mnc015.mcc234.gprs");
    let (home_url, mut home_lines) = operator(home, "+1", providers, ("+44", away, away_at), home_smtp).await;
    let (away_url, mut away_lines) = operator(away, "+44", HashMap::new(), ("+1", home, home_at), away_smtp).await;
    let client = reqwest::Client::new();
    let ann = Phone { number: ANN, operator: &home_url, client: client.clone() };
    let ben = Phone { number: BEN, operator: &away_url, client: client.clone() };

    // It submits a message, for which it wants a report.
    let mut submit = SubmitReq::default();
    submit.vasp_id = Some("acme".into());
    submit.message.to.push(Address::phone(ANN));
    submit.message.from = Some(Address::short_code("7255").into());
    submit.message.delivery_report = Some(true);
    submit.message.body = Some(Part::new(ContentType::new("text/plain"), "Tram line 4 runs again"));
    let encoded = mm7::encode(&Envelope::new("t-1", submit)).unwrap();
    let request = client.post(format!("{home_url}/mm7")).body(encoded.body());
    let fields = encoded.request_fields();
    let request = fields.into_iter().fold(request, |request, (name, value)| request.header(name, value));
    let response = request.send().await.unwrap();
    let content_type = response.headers()["content-type"].to_str().unwrap().to_owned();
    let answer = mm7::decode(&content_type, &response.bytes().await.unwrap()).unwrap().value;
    let mm7::Pdu::SubmitRsp(answer) = answer.pdu else { panic!() };
    assert_eq!(answer.status.code, Some(StatusCode::SUCCESS));

    // Ann's phone fetches it, and the provider hears of that.
    let retrieve = ann.fetch(&mut home_lines).await;
    assert_eq!(retrieve.message.from.as_ref().and_then(Originator::address).unwrap().value(), "7255");
    assert_eq!(retrieve.message.body.unwrap().parts()[0].text().unwrap(), "Tram line 4 runs again");
    let mm7::Pdu::DeliveryReportReq(report) = next(&mut reported).await.pdu else { panic!() };
    assert_eq!((report.report.message_id, report.report.status), (answer.message_id, Some(MmStatus::Retrieved)));
    assert_eq!(line(&mut home_lines, "report to acme: ").await, "200 OK");

    // What is not MM7 is answered with a fault.
    let response = client.post(format!("{home_url}/mm7")).header("content-type", "text/xml").body("<a").send();
    assert_eq!(response.await.unwrap().status(), 500);

    // Ann writes to Ben, who is with another operator, whose answer comes by mail as his report does.
    let mut send = mm1::SendReq::default();
    send.transaction_id = Some("T1".into());
    send.version = mm1::Version::V1_2;
    send.message.from = Some(Originator::InsertAddress);
    send.message.to.push(Address::phone(BEN));
    send.message.delivery_report = Some(true);
    send.message.body = Some(Part::new(ContentType::new("image/gif"), &b"GIF89a"[..]));
    let mm1::Pdu::SendConf(conf) = mm1::decode(&ann.send(send.into()).await).unwrap().value else { panic!() };
    assert_eq!(conf.response_status, Some(mm1::ResponseStatus::OK));
    let retrieve = ben.fetch(&mut away_lines).await;
    assert_eq!(retrieve.message.from.as_ref().and_then(Originator::address).unwrap().value(), ANN);
    assert_eq!(retrieve.message.body.unwrap().parts()[0].octets().unwrap(), "GIF89a");
    assert_eq!(line(&mut home_lines, "answer ").await, "Ok");
    let mm1::Pdu::DeliveryInd(report) = pushed(&mut home_lines, ANN).await else { panic!() };
    assert_eq!((report.report.message_id, report.report.status), (conf.message_id, Some(MmStatus::Retrieved)));
    assert_eq!(report.report.recipient.unwrap().value(), BEN);

    // One of them does not exist: the operator says so to nobody but its log.
    let status = client.get(format!("{home_url}/mm1/nothing")).send().await.unwrap().status();
    assert_eq!(status, 404);
}
