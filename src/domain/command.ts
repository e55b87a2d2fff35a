import type { Alarm, DispositionClass } from './alarm.ts';
import type { Examination, ExaminationRequest, ResultInput } from './examination.ts';
import type { Match, Verdict } from './match.ts';
import type { Service, ServiceScope, ServiceState } from './service.ts';
import type { Subscription, SubscriptionChange, SubscriptionInput } from './subscription.ts';
import type { Target, TargetInput } from './target.ts';
import type { Unmasking, UnmaskingInput } from './unmasking.ts';

/** Who commands: the name that stands in the record, and the role it acted in. */
export interface Actor {
  readonly by: string;
  readonly role: string;
  /** Whence it came: with it the command itself is put on the record of access, beside what it changed. */
  readonly origin?: { readonly agency: string | null; readonly from: string; readonly purpose: string };
}

/** `ifVersion`: refuse with `stale-version` unless the resource still has it. */
interface OnAlarm {
  readonly alarmId: string;
  readonly ifVersion?: number | undefined;
}

interface OnExamination {
  readonly examinationId: string;
  readonly ifVersion?: number | undefined;
}

/** What is said to an examination that has been requested. */
export type ExaminationCommand =
  | ({ readonly type: 'accept-examination'; readonly assignee?: string | undefined } & OnExamination)
  | ({ readonly type: 'assign-examination'; readonly assignee: string } & OnExamination)
  | ({ readonly type: 'start-examination'; readonly place?: string | undefined } & OnExamination)
  | ({ readonly type: 'result-examination'; readonly result: ResultInput } & OnExamination)
  | ({ readonly type: 'cancel-examination'; readonly reason: string } & OnExamination)
  | ({ readonly type: 'acknowledge-delivery' } & OnExamination);

/** What a person or the targeting system tells the desk; takes the same path as an observation. */
export type Command =
  | ({ readonly type: 'acknowledge'; readonly note?: string | undefined } & OnAlarm)
  | ({ readonly type: 'comment'; readonly text: string } & OnAlarm)
  | ({
      readonly type: 'dispose';
      readonly class: DispositionClass;
      readonly code: string;
      readonly note?: string | undefined;
    } & OnAlarm)
  | ({ readonly type: 'shelve'; readonly reason: string; readonly until: string } & OnAlarm)
  | ({ readonly type: 'unshelve' } & OnAlarm)
  | ({ readonly type: 'reopen'; readonly note?: string | undefined } & OnAlarm)
  | {
      readonly type: 'set-service';
      readonly scope: ServiceScope;
      readonly id: string;
      readonly service: Service;
      readonly reason?: string | undefined;
      readonly until?: string | undefined;
      readonly ifVersion?: number | undefined;
    }
  | {
      readonly type: 'put-target';
      readonly target: TargetInput;
      readonly targetId?: string | undefined;
      readonly ifVersion?: number | undefined;
    }
  | { readonly type: 'withdraw-target'; readonly targetId: string; readonly ifVersion?: number | undefined }
  | {
      readonly type: 'judge-match';
      readonly matchId: string;
      readonly verdict: Verdict;
      readonly note?: string | undefined;
      readonly ifVersion?: number | undefined;
    }
  | {
      readonly type: 'put-subscription';
      /** A new one where left out. */
      readonly subscriptionId?: string | undefined;
      readonly subscription: SubscriptionInput;
      readonly ifVersion?: number | undefined;
    }
  | {
      readonly type: 'change-subscription';
      readonly subscriptionId: string;
      readonly change: Exclude<SubscriptionChange, 'created' | 'changed'>;
      readonly detail?: string | undefined;
      readonly ifVersion?: number | undefined;
    }
  | { readonly type: 'ask-unmasking'; readonly asked: UnmaskingInput }
  | { readonly type: 'decide-unmasking'; readonly unmaskingId: string; readonly approve: boolean }
  | { readonly type: 'request-examination'; readonly request: ExaminationRequest }
  | ExaminationCommand;

/** The resource as the command left it. */
export type CommandResult<C extends Command> = C extends { type: 'put-target' | 'withdraw-target' }
  ? { readonly resource: Target; readonly created: boolean }
  : C extends { type: 'put-subscription' | 'change-subscription' }
    ? { readonly resource: Subscription; readonly created: boolean }
    : C extends { type: 'ask-unmasking' | 'decide-unmasking' }
      ? { readonly resource: Unmasking; readonly created: boolean }
      : C extends { type: 'judge-match' }
        ? { readonly resource: Match; readonly created: boolean }
        : C extends { type: 'set-service' }
          ? { readonly resource: ServiceState; readonly created: boolean }
          : C extends { type: 'request-examination' } | { examinationId: string }
            ? { readonly resource: Examination; readonly created: boolean }
            : { readonly resource: Alarm; readonly created: boolean };
