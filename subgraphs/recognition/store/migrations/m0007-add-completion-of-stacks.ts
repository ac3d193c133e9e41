import { Migration } from '@mikro-orm/migrations'

/** When a stack was completed first: credits that may be used once belong to what was completed earlier. */
export class M0007AddCompletionOfStacks extends Migration {
  override name = 'm0007-add-completion-of-stacks'

  override up(): void {
    this.addSql('alter table stack_state add column completed_at timestamptz')
  }
}
