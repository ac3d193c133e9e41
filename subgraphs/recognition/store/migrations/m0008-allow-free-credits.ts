import { Migration } from '@mikro-orm/migrations'

/** What is recognised may count as free credits, not as an opportunity of the recognising member. */
export class M0008AllowFreeCredits extends Migration {
  override name = 'm0008-allow-free-credits'

  override up(): void {
    this.addSql('alter table recognition_request alter column target_opportunity_id drop not null')
    this.addSql(
      'alter table equivalence_agreement alter column target_opportunity_id drop not null',
    )
    this.addSql('drop index equivalence_agreement_pair')
    this.addSql(`create unique index equivalence_agreement_pair on equivalence_agreement
      (opportunity_id, recognising_member, target_opportunity_id) nulls not distinct
      where state in ('PROPOSED', 'AGREED')`)
    // Of one award at one member for one purpose a learner asks once at a time.
    this.addSql(`create unique index recognition_request_open on recognition_request
      (award_id, recognising_member, target_opportunity_id) nulls not distinct
      where state <> 'WITHDRAWN'`)
  }
}
