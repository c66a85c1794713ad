//! The PDU that answers another one (mm1.md 5.1).
