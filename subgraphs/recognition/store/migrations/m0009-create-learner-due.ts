import { Migration } from '@mikro-orm/migrations'

/** When a learner's stacks are to be looked at again because of the date alone. */
export class M0009CreateLearnerDue extends Migration {
  override name = 'm0009-create-learner-due'

  override up(): void {
    this.addSql(`create table learner_due (
      learner_id text primary key references learner (id),
      due_on date not null
    )`)
    this.addSql('create index learner_due_by_date on learner_due (due_on, learner_id)')
    // Of learners known before this nobody has asked yet: they are looked at once.
    this.addSql(`insert into learner_due
      select distinct learner_id, date '1970-01-01' from award`)
  }
}
