//! Taking messages and reports off MM1.

use core::mem::take;

use super::{Taken, TakenDeliveryReport, TakenReadReport};
use crate::mm1::{DeliveryInd, Extra, FieldCode, Mm1, ReadOrigInd, ReadRecInd, RetrieveConf, SendReq};
use crate::options::DeviationKind;
use crate::relay::lost::Losses;
use crate::table::Table;

impl From<SendReq> for Taken {
    fn from(mut send: SendReq) -> Self {
        Self { message: take(&mut send.message), lost: left(&send).into_vec(), ..Self::default() }
    }
}

impl From<RetrieveConf> for Taken {
    fn from(mut conf: RetrieveConf) -> Self {
        Self {
            message: take(&mut conf.message),
            message_id: conf.message_id.take(),
            lost: left(&conf).into_vec(),
            ..Self::default()
        }
    }
}

impl From<DeliveryInd> for TakenDeliveryReport {
    fn from(mut ind: DeliveryInd) -> Self {
        Self { report: take(&mut ind.report), lost: left(&ind).into_vec(), ..Self::default() }
    }
}

impl From<ReadRecInd> for TakenReadReport {
    fn from(mut ind: ReadRecInd) -> Self {
        Self { report: take(&mut ind.report), lost: left(&ind).into_vec(), ..Self::default() }
    }
}

impl From<ReadOrigInd> for TakenReadReport {
    fn from(mut ind: ReadOrigInd) -> Self {
        Self { report: take(&mut ind.report), lost: left(&ind).into_vec(), ..Self::default() }
    }
}

/// What is left in a PDU when the message or report is taken out, but for what each exchange has anew.
pub(super) fn left(pdu: &dyn Table<Mm1>) -> Losses {
    let mut lost = Losses::default();
    lost.fields_of(pdu, |code| matches!(code, FieldCode::TRANSACTION_ID | FieldCode::MMS_VERSION));
    for field in pdu.extra() {
        match field {
            Extra::Named { name, value: _ } => lost.not_carried(name.clone()),
            Extra::Coded { code, value: _ } => lost.not_carried(alloc::format!("{code}")),
            Extra::Stray(_) => lost.not_carried(DeviationKind::StrayOctets.name()),
        }
    }
    lost
}
