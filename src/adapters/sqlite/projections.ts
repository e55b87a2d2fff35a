import type { DomainEvent } from '../../domain/event.ts';
import type { Passage } from '../../domain/passage.ts';
import { openAccessProjection } from './access-log.ts';
import type { Sqlite } from './database.ts';
import { openExaminationProjection } from './examinations.ts';
import { openFigureRows } from './figure-rows.ts';
import { alarmText, passageText, targetText } from './search-texts.ts';

/** Writes the projection rows an event changes; runs inside the event's own transaction. */
export function openProjections(db: Sqlite): (event: DomainEvent) => void {
  const alarm = db.prepare(
    `INSERT INTO alarms (id, event, state, lane, priority, signal, at, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET event = excluded.event, state = excluded.state, priority = excluded.priority, search = excluded.search`,
  );
  const passage = db.prepare(
    `INSERT INTO passages (id, event, lane, at, closed, search) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET event = excluded.event, closed = excluded.closed, search = excluded.search`,
  );
  const target = db.prepare(
    `INSERT INTO targets (id, event, state, originator, reference, at, search) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET event = excluded.event, state = excluded.state, originator = excluded.originator,
       reference = excluded.reference, search = excluded.search`,
  );
  const match = db.prepare(
    `INSERT INTO matches (id, event) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET event = excluded.event`,
  );
  const examination = openExaminationProjection(db);
  const accessLog = openAccessProjection(db);
  const figures = openFigureRows(db);
  const putPassage = (body: Passage, sequence: number): void => {
    const { id, laneId, openedAt, closedAt } = body;
    passage.run(id, sequence, laneId, openedAt, closedAt, passageText(body));
    figures.passage(body);
  };
  return (event) => {
    switch (event.type) {
      case 'lanewatch.alarm.raised':
      case 'lanewatch.alarm.updated':
      case 'lanewatch.alarm.cleared':
      case 'lanewatch.alarm.acknowledged':
      case 'lanewatch.alarm.commented':
      case 'lanewatch.alarm.shelved':
      case 'lanewatch.alarm.unshelved':
      case 'lanewatch.alarm.suppressed':
      case 'lanewatch.alarm.unsuppressed':
      case 'lanewatch.alarm.disposed':
      case 'lanewatch.alarm.reopened': {
        const { id, state, laneId, priority, signal, raisedAt } = event.data;
        alarm.run(id, event.sequence, state, laneId, priority, signal, raisedAt, alarmText(event.data));
        figures.alarm(event.data, event.type === 'lanewatch.alarm.raised', event.sequence);
        return;
      }
      case 'lanewatch.passage.opened':
      case 'lanewatch.passage.identified':
      case 'lanewatch.passage.updated':
      case 'lanewatch.passage.closed':
        putPassage(event.data, event.sequence);
        return;
      case 'lanewatch.target.added':
      case 'lanewatch.target.changed':
      case 'lanewatch.target.activated':
      case 'lanewatch.target.withdrawn':
      case 'lanewatch.target.expired': {
        const { id, state, originator, reference, addedAt } = event.data;
        target.run(id, event.sequence, state, originator, reference, addedAt, targetText(event.data));
        return;
      }
      case 'lanewatch.match.proposed':
      case 'lanewatch.match.judged':
        match.run(event.data.id, event.sequence);
        return;
      case 'lanewatch.examination.requested':
      case 'lanewatch.examination.assigned':
      case 'lanewatch.examination.placed':
      case 'lanewatch.examination.accepted':
      case 'lanewatch.examination.started':
      case 'lanewatch.examination.resulted':
      case 'lanewatch.examination.delivered':
      case 'lanewatch.examination.cancelled':
      case 'lanewatch.examination.overdue':
      case 'lanewatch.examination.escalated':
      case 'lanewatch.examination.missed':
        examination(event.data, event.sequence);
        figures.examination(event.data);
        return;
      case 'lanewatch.access.granted':
      case 'lanewatch.access.denied':
        accessLog(event);
        return;
      case 'lanewatch.flood.began':
      case 'lanewatch.flood.ended':
        figures.flood(event.data, event.type === 'lanewatch.flood.began');
        return;
      case 'lanewatch.device.online':
      case 'lanewatch.device.offline':
      case 'lanewatch.device.stale':
      case 'lanewatch.condition.raised':
      case 'lanewatch.condition.changed':
      case 'lanewatch.condition.cleared':
      case 'lanewatch.occupancy.missed':
      case 'lanewatch.service.changed':
      case 'lanewatch.unmasking.changed':
      case 'lanewatch.subscription.changed':
      case 'lanewatch.message.refused':
      case 'lanewatch.interdiction.noticed':
      case 'lanewatch.config.changed':
        return;
      default:
        event satisfies never;
    }
  };
}
