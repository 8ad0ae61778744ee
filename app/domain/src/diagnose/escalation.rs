//! Findings about escalation and answers: steps without recipients, a bot that cannot post, and hosts who cannot answer.

use std::collections::{BTreeMap, BTreeSet};

use super::possible_calls::escalated_calls;
use super::{Examination, Finding};
use crate::escalation::lacks_reminders;
use crate::model::escalation_step::EscalationTarget;
use crate::model::id::{DeviceId, HostId};
use crate::routing::Target;

impl Examination<'_> {
    pub(super) fn check_escalation(&self, found: &mut Vec<Finding>) {
        type Step = (EscalationTarget, Option<DeviceId>);
        let mut calls_by_step: BTreeMap<Step, BTreeSet<Target>> = BTreeMap::new();
        for call in escalated_calls(self.settings, self.today) {
            for step in call.steps.iter().filter(|step| step.reaches_nobody()) {
                let step = (step.step.to, call.device.clone());
                let calls = calls_by_step.entry(step).or_default();
                calls.insert(call.target.clone());
            }
        }
        found.extend(calls_by_step.into_iter().map(|((to, device), calls)| {
            Finding::StepReachesNobody {
                to,
                device,
                calls: calls.into_iter().collect(),
            }
        }));
        let devices = self.settings.devices();
        let has_buttons = devices.iter().any(|device| !device.menu.is_empty());
        if has_buttons && lacks_reminders(self.settings.site(), devices) {
            found.push(Finding::NoReminders);
        }
    }

    /// Checks who may write in the rooms of calls: the bot posts, hosts answer.
    pub(super) fn check_read_only(&self, found: &mut Vec<Finding>) {
        for (room, readers) in &self.observed.read_only {
            let is_used = self.possible_calls.rooms.contains(room);
            if is_used && readers.iter().any(|account| self.is_bot(*account)) {
                found.push(Finding::BotCannotPost { room: *room });
            }
        }
        if !self.settings.site().answers.is_on() {
            return;
        }
        for (room, readers) in &self.observed.read_only {
            let Some(mentioned) = self.possible_calls.mentions.get(room) else {
                continue;
            };
            let may_only_read = |host: &&HostId| {
                let account = self.settings.host(host).and_then(|host| host.account);
                account.is_some_and(|account| readers.contains(&account))
            };
            let hosts: Vec<HostId> = mentioned.iter().filter(may_only_read).cloned().collect();
            if !hosts.is_empty() {
                let room = *room;
                found.push(Finding::CannotAnswer { room, hosts });
            }
        }
    }
}
