//! Small pieces of the syntaxes on every short input, against models written from the specifications in the most
//! obvious way. In a build with debug assertions the longest inputs are of fewer octets.

use mms_codec::push::sms::{JoinLimits, Joined, Joiner, Reference, SmsAddress, Split, Tpdu};
use mms_codec::wsp::{Reader, Writer};
use mms_codec::{Bytes, DecodeError, DeviationKind, Options, cdr, mime};

/// Octets at the limits of what decides about integers and lengths.
const DECISIVE: [u8; 16] =
    [0x00, 0x01, 0x02, 0x03, 0x08, 0x0f, 0x1e, 0x1f, 0x20, 0x7f, 0x80, 0x81, 0x8f, 0x90, 0xf0, 0xff];

/// Every input of up to two octets, or three where that takes seconds only, and longer ones of decisive octets.
fn short_inputs(mut check: impl FnMut(&[u8])) -> usize {
    let (all, decisive) = if cfg!(debug_assertions) { (2, 3) } else { (3, 6) };
    let octets: Vec<u8> = (0..=255).collect();
    every_sequence(&octets, 0..=all, &mut check) + every_sequence(&DECISIVE, all + 1..=decisive, &mut check)
}

/// Calls with every sequence of these lengths, and counts them.
fn every_sequence(alphabet: &[u8], lengths: core::ops::RangeInclusive<usize>, check: &mut impl FnMut(&[u8])) -> usize {
    let mut count = 0;
    for length in lengths {
        let mut places = vec![0; length];
        let mut sequence = vec![alphabet[0]; length];
        loop {
            check(&sequence);
            count += 1;
            // As an odometer.
            let Some(wheel) = places.iter().rposition(|place| *place + 1 < alphabet.len()) else { break };
            places[wheel] += 1;
            places[wheel + 1..].fill(0);
            for (octet, place) in sequence.iter_mut().zip(&places).skip(wheel) {
                *octet = alphabet[*place];
            }
        }
    }
    count
}

/// What a model says of an input: the value, how many octets it has, and what is wrong with it; `None` for an input
/// that is refused in any case.
type Model<T> = Option<(T, usize, Option<DeviationKind>)>;

/// Reads every short input, strictly and leniently, as the model does.
fn agrees<T: PartialEq + core::fmt::Debug + Clone>(
    model: impl Fn(&[u8]) -> Model<T>,
    read: impl Fn(&mut Reader<'_>) -> Result<T, DecodeError>,
    write: impl Fn(&mut Writer, &T),
) {
    let (lenient, strict) = (Options::lenient(), Options::strict());
    let (mut valid, mut deviant) = (0, 0);
    let inputs = short_inputs(|input| {
        let octets = Bytes::copy_from_slice(input);
        let expected = model(input);
        let mut from = Reader::new(&octets, &lenient);
        let value = read(&mut from);
        let kinds: Vec<_> = from.deviations().iter().map(|deviation| deviation.kind).collect();
        let found = value.ok().map(|value| (value, from.offset(), kinds.first().copied()));
        assert_eq!(found, expected, "{input:02x?}");
        assert!(kinds.len() <= 1, "{input:02x?}: {kinds:?}");
        let taken = read(&mut Reader::new(&octets, &strict)).ok();
        let Some((value, length, deviation)) = expected else {
            assert_eq!(taken, None, "{input:02x?}");
            return;
        };
        if deviation.is_some() {
            assert_eq!(taken, None, "{input:02x?}");
            deviant += 1;
            return;
        }
        assert_eq!(taken.as_ref(), Some(&value), "{input:02x?}");
        // There is one way to write what is read without a deviation.
        let mut to = Writer::new();
        write(&mut to, &value);
        assert_eq!(to.into_chain().to_vec(), input[..length], "{value:?}");
        valid += 1;
    });
    assert!(valid > 0 && valid + deviant < inputs, "{valid} and {deviant} of {inputs}");
}

/// WAP-230, 8.1.2: seven bits in each octet, of which all but the last have the high bit; at most 32 bits in at most
/// five octets.
fn uintvar(input: &[u8]) -> Model<u32> {
    let length = input.iter().position(|octet| octet & 0x80 == 0)? + 1;
    let bits: String = input[..length].iter().map(|octet| format!("{:07b}", octet & 0x7f)).collect();
    let value = u64::from_str_radix(&bits, 2).ok().filter(|_| length <= 5)?;
    let is_longer = length > 1 && input[0] == 0x80;
    Some((u32::try_from(value).ok()?, length, is_longer.then_some(DeviationKind::NonMinimalInteger)))
}

#[test]
fn uintvars() {
    agrees(uintvar, |from| from.uintvar(), |to, value| to.uintvar(*value));
}

/// WAP-230, 8.4.2.1: an octet with the high bit.
#[test]
fn short_integers() {
    let model = |input: &[u8]| Some((*input.first()?, 1, None)).filter(|(octet, ..)| *octet >= 0x80);
    let model = |input: &[u8]| model(input).map(|(octet, length, deviation)| (octet - 0x80, length, deviation));
    agrees(model, |from| from.short_integer(), |to, value| to.short_integer(*value));
}

/// WAP-230, 8.4.2.1: a length of up to 30 octets and the octets of the number, of which the first is not zero.
fn multi_octet_integer(input: &[u8]) -> Model<u64> {
    let length = usize::from(*input.first()?);
    let octets = input.get(1..=length).filter(|_| length <= 30)?;
    let digits: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
    let value = if digits.is_empty() { 0 } else { u64::from_str_radix(&digits, 16).ok()? };
    let deviation = match octets {
        [] => Some(DeviationKind::EmptyInteger),
        [0, _, ..] => Some(DeviationKind::NonMinimalInteger),
        _ => None,
    };
    Some((value, 1 + length, deviation))
}

#[test]
fn long_integers() {
    let model = |input: &[u8]| match input {
        [octet @ 0x80..=0xff, ..] => Some((u64::from(octet - 0x80), 1, Some(DeviationKind::WrongIntegerForm))),
        _ => multi_octet_integer(input),
    };
    agrees(model, |from| from.long_integer(), |to, value| to.long_integer(*value));
}

/// A number below 128 may be a long-integer as well: it is written in the shorter form.
#[test]
fn integer_values() {
    let model = |input: &[u8]| match input {
        [octet @ 0x80..=0xff, ..] => Some((u64::from(octet - 0x80), 1, None)),
        _ => multi_octet_integer(input),
    };
    let is_long = |input: &[u8]| input.first().is_some_and(|octet| *octet < 0x80);
    // What is written does not say which form was read, so the value keeps it here.
    let model =
        |input: &[u8]| model(input).map(|(value, length, deviation)| ((value, is_long(input)), length, deviation));
    let read = |from: &mut Reader<'_>| {
        let is_long = is_long(from.remaining());
        from.integer_value().map(|value| (value, is_long))
    };
    agrees(model, read, |to, (value, is_long)| match is_long {
        true if *value < 0x80 => to.long_integer(*value),
        _ => to.integer_value(*value),
    });
}

/// WAP-230, 8.4.2.2: an octet up to 30, or 31 and a uintvar. It is cut where the input ends.
#[test]
fn value_lengths() {
    let model = |input: &[u8]| {
        let (length, taken, deviation) = match *input.first()? {
            31 => uintvar(&input[1..]).map(|(length, taken, deviation)| (length as usize, 1 + taken, deviation))?,
            length @ 0..=30 => (usize::from(length), 1, None),
            _ => return None,
        };
        Some((length, taken, deviation))
    };
    let (lenient, strict) = (Options::lenient(), Options::strict());
    short_inputs(|input| {
        let octets = Bytes::copy_from_slice(input);
        let mut from = Reader::new(&octets, &lenient);
        let read = from.value_length().ok().map(|length| (length, from.offset()));
        let kinds: Vec<_> = from.deviations().iter().map(|deviation| deviation.kind).collect();
        let expected = model(input);
        let left = |taken| input.len() - taken;
        assert_eq!(read, expected.map(|(length, taken, _)| (length.min(left(taken)), taken)), "{input:02x?}");
        let mut wrong: Vec<_> = expected.and_then(|(.., deviation)| deviation).into_iter().collect();
        wrong.extend(
            expected.filter(|(length, taken, _)| *length > left(*taken)).map(|_| DeviationKind::ValueLengthTooLong),
        );
        assert_eq!(kinds, wrong, "{input:02x?}");
        let taken = Reader::new(&octets, &strict).value_length().ok();
        assert_eq!(taken, read.filter(|_| wrong.is_empty()).map(|(length, _)| length), "{input:02x?}");
    });
}

/// TS 29.060, 7.7.3: the digits of country and network in swapped halves, and 15 where the network has two.
#[test]
fn networks() {
    let mut networks = 0;
    let mut check = |octets: [u8; 3]| {
        let digits = octets.map(|octet| format!("{:x}{:x}", octet & 0x0f, octet >> 4)).concat();
        let (mcc, third, mnc) = (&digits[..3], &digits[3..4], &digits[4..]);
        let mnc = if third == "f" { mnc.to_owned() } else { format!("{mnc}{third}") };
        let is_number = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
        let expected = (is_number(mcc) && is_number(&mnc)).then_some((mcc, &*mnc));
        let codes = cdr::PlmnId(octets).codes();
        assert_eq!(codes.as_ref().map(|(mcc, mnc)| (&**mcc, &**mnc)), expected, "{octets:02x?}");
        assert_eq!(cdr::PlmnId::new(mcc, &mnc), expected.map(|_| cdr::PlmnId(octets)), "{octets:02x?}");
        networks += usize::from(expected.is_some());
    };
    if cfg!(debug_assertions) {
        let octets = every_pair([0x00, 0x09, 0x90, 0x99, 0x0a, 0xa0, 0x12, 0x5f, 0xf5, 0xff]);
        octets.into_iter().for_each(|(first, second)| (0..=255).for_each(|third| check([first, second, third])));
        assert!(networks > 1_000, "{networks}");
    } else {
        (0..1 << 24)
            .for_each(|number: u32| check([number, number >> 8, number >> 16].map(|part| part.to_le_bytes()[0])));
        // Five digits or six.
        assert_eq!(networks, 1_100_000);
    }
}

fn every_pair<const N: usize>(octets: [u8; N]) -> Vec<(u8, u8)> {
    octets.iter().flat_map(|first| octets.map(|second| (*first, second))).collect()
}

/// TS 23.040, 9.1.2.3 and 9.1.2.5: semi-octets in swapped halves, `*#abc` above 9, and 15 behind an odd number.
#[test]
fn digits_of_short_messages() {
    let tpdu = |semi_octets: u8, digits: &[u8]| {
        let time = [0x99, 0x30, 0x92, 0x51, 0x61, 0x95, 0x80];
        Bytes::from([&[0x04, semi_octets, 0x81], digits, &[0, 4], &time, &[0]].concat())
    };
    let read =
        |semi_octets, digits: &[u8], options: &Options| match Tpdu::decode_with(&tpdu(semi_octets, digits), options) {
            Ok(decoded) => match decoded.value {
                Tpdu::Deliver(deliver) => Some((deliver.originator.value, decoded.deviations.len())),
                other => panic!("{other:?}"),
            },
            Err(_) => None,
        };
    let step = if cfg!(debug_assertions) { 7 } else { 1 };
    for pair in (0..=u16::MAX).step_by(step) {
        let octets = pair.to_be_bytes();
        let all = octets.map(|octet| format!("{:x}{:x}", octet & 0x0f, octet >> 4)).concat();
        for semi_octets in [3_u8, 4] {
            let (used, rest) = all.split_at(semi_octets.into());
            let is_valid = !used.contains('f') && ["", "f"].contains(&rest);
            let names = [("a", "*"), ("b", "#"), ("c", "a"), ("d", "b"), ("e", "c"), ("f", "")];
            // One after the other would rename twice.
            let value: String = used
                .chars()
                .map(|digit| {
                    names
                        .iter()
                        .find(|(name, _)| name.starts_with(digit))
                        .map_or(digit.to_string(), |(_, is)| (*is).into())
                })
                .collect();
            let (lenient, strict) = (Options::lenient(), Options::strict());
            let (found, deviations) = read(semi_octets, &octets, &lenient).unwrap();
            assert_eq!((&*found, deviations == 0), (&*value, is_valid), "{octets:02x?}");
            assert_eq!(read(semi_octets, &octets, &strict).is_some(), is_valid, "{octets:02x?}");
        }
    }
    assert_eq!(SmsAddress::from("12*").value, "12*");
}

/// RFC 2045, 6.8: groups of four characters, white space anywhere, padding at the end of all.
#[test]
fn base64_of_few_characters() {
    const ALPHABET: &[u8] = b"A/b=-\n \x0c";
    let is_blank = |octet: &u8| matches!(octet, b' ' | b'\t' | b'\r' | b'\n' | 0x0c);
    let is_valid = |text: &str| {
        let data = text.trim_end_matches('=');
        text.len().is_multiple_of(4)
            && text.len() - data.len() <= 2
            && data.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'/')
    };
    let sextet = |octet: u8| match octet {
        b'A' => "000000",
        b'b' => "011011",
        b'/' => "111111",
        other => panic!("{other}"),
    };
    // Padding ends a group, also where another follows.
    let octets = |text: &str| -> Vec<u8> {
        let group = |group: &str| -> Vec<u8> {
            let bits: String = group.bytes().filter(|octet| *octet != b'-').map(sextet).collect();
            bits.as_bytes()
                .chunks_exact(8)
                .map(|octet| u8::from_str_radix(str::from_utf8(octet).unwrap(), 2).unwrap())
                .collect()
        };
        text.split('=').flat_map(group).collect()
    };
    let longest = if cfg!(debug_assertions) { 5 } else { 7 };
    let mut valid = 0;
    let mut check = |text: &[u8]| {
        let head = &b"Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\n"[..];
        let entity = Bytes::from([head, text].concat());
        let decoded = mime::decode_with(&entity, &Options::lenient()).unwrap();
        let data: String = text.iter().filter(|octet| !is_blank(octet)).map(|octet| char::from(*octet)).collect();
        let content = decoded.value.decoded().unwrap();
        let shown = text.escape_ascii();
        assert_eq!(*content, octets(&data), "{shown}");
        let is_forgiven = decoded.deviations.iter().any(|deviation| deviation.kind == DeviationKind::TransferEncoding);
        assert_eq!(is_forgiven, !is_valid(&data), "{shown}");
        valid += usize::from(!is_forgiven);
    };
    let inputs = every_sequence(ALPHABET, 0..=longest, &mut check);
    assert!(valid > 1_000 && valid < inputs / 2, "{valid} of {inputs}");
}

/// Every order of a number of things.
fn orders(number: usize) -> Vec<Vec<usize>> {
    if number == 0 {
        return vec![vec![]];
    }
    let shorter = orders(number - 1);
    let longer = |order: &Vec<usize>| {
        (0..=order.len()).map(|place| [&order[..place], &[number - 1], &order[place..]].concat()).collect::<Vec<_>>()
    };
    shorter.iter().flat_map(longer).collect()
}

/// TS 23.040, 9.2.3.24.1: segments come in any order, and again.
#[test]
fn segments_in_every_order_with_every_repetition() {
    let mut tried = 0;
    for number in 1..=5 {
        let push = Bytes::from_iter((0..number * 10).map(|octet| u8::try_from(octet).unwrap()));
        let of = |reference| Split { limit: 22, ..Split::new(reference) }.segments(&push).unwrap();
        let (segments, others) = (of(Reference::Short(1)), of(Reference::Short(2)));
        assert_eq!(segments.len(), number);
        for order in orders(number) {
            // The last that comes is the one that completes; each may come again at any time.
            for (again, at) in (0..number).flat_map(|again| (again..number).map(move |at| (again, at))) {
                let mut joiner = Joiner::new(JoinLimits::DEFAULT);
                for (place, index) in order.iter().enumerate() {
                    let joined = joiner.add("1", &segments[*index]).unwrap();
                    let is_last = place + 1 == number;
                    match joined {
                        Joined::Complete(message) => assert!(is_last && message.data == push, "{order:?}"),
                        Joined::Waiting(waiting) => {
                            let mut missing: Vec<usize> = order[place + 1..].to_vec();
                            missing.sort_unstable();
                            let indices: Vec<usize> =
                                waiting.missing.iter().map(|index| usize::from(*index) - 1).collect();
                            assert!(!is_last && indices == missing, "{order:?}");
                        }
                        other => panic!("{order:?}: {other:?}"),
                    }
                    if place == at && number > 1 {
                        let repeated = joiner.add("1", &segments[order[again]]).unwrap();
                        assert!(matches!(repeated, Joined::Repeated(_)), "{order:?}: {repeated:?}");
                    }
                    // Neither another reference nor another originator belongs to it.
                    if number > 1 && !is_last {
                        for (originator, segment) in [("1", &others[*index]), ("2", &segments[*index])] {
                            assert!(matches!(joiner.add(originator, segment), Ok(Joined::Waiting(_))), "{order:?}");
                        }
                    }
                }
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 1 + 2 * 3 + 6 * 6 + 24 * 10 + 120 * 15);
}
