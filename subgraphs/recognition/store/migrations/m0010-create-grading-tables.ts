import { Migration } from '@mikro-orm/migrations'

/** ECTS grading tables of members. Every version stays: a suggestion cites the one it came from. */
export class M0010CreateGradingTables extends Migration {
  override name = 'm0010-create-grading-tables'

  override up(): void {
    this.addSql(`create table grading_table (
      member text not null,
      isced_f text not null,
      cycle text not null,
      version int not null,
      document jsonb not null,
      published_at timestamptz not null,
      primary key (member, isced_f, cycle, version)
    )`)
  }
}
