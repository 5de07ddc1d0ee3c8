using System.Globalization;

namespace EcmrGateway.Ledger;

/// <summary>Place of an entry in the ledger: given at commit, from 0 (the genesis entry) and without gaps.</summary>
public readonly record struct LedgerPosition(long Value) : IComparable<LedgerPosition>
{
    /// <summary>Before every entry: reading after it reads from the genesis entry on.</summary>
    public static readonly LedgerPosition BeforeAll = new(-1);

    public int CompareTo(LedgerPosition other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    public static bool operator <(LedgerPosition left, LedgerPosition right) => left.Value < right.Value;

    public static bool operator >(LedgerPosition left, LedgerPosition right) => left.Value > right.Value;

    public static bool operator <=(LedgerPosition left, LedgerPosition right) => left.Value <= right.Value;

    public static bool operator >=(LedgerPosition left, LedgerPosition right) => left.Value >= right.Value;
}
