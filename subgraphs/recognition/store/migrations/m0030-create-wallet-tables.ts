import { Migration } from '@mikro-orm/migrations'

/**
 * What wallets come back for: offers of credentials with their one use, nonces, presentations asked for. All of it is
 * short-lived, and of every secret only a hash is here.
 */
export class M0030CreateWalletTables extends Migration {
  override name = 'm0030-create-wallet-tables'

  override up(): void {
    this.addSql(`create table wallet_offer (
      reference_hash text collate "C" primary key,
      code_hash text collate "C" not null unique,
      transaction_code_hash text collate "C",
      failed_attempts integer not null default 0,
      award_id text collate "C" not null,
      learner_id text collate "C" not null,
      expires_at timestamptz not null,
      redeemed_at timestamptz,
      token_hash text collate "C" unique,
      token_expires_at timestamptz,
      claimed_at timestamptz
    )`)
    this.addSql('create index wallet_offer_age on wallet_offer (expires_at)')
    this.addSql(`create table wallet_nonce (
      nonce_hash text collate "C" primary key,
      expires_at timestamptz not null
    )`)
    this.addSql('create index wallet_nonce_age on wallet_nonce (expires_at)')
    this.addSql(`create table wallet_presentation (
      id text collate "C" primary key,
      nonce text not null,
      claims jsonb not null,
      expires_at timestamptz not null,
      answered_at timestamptz,
      result jsonb
    )`)
    this.addSql('create index wallet_presentation_age on wallet_presentation (expires_at)')
  }
}
