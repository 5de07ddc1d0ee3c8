using Ecmr.Inspection.V1;

namespace EcmrGateway.Inspection.Reveal;

/// <summary>Whether an access states why it is made.</summary>
internal static class AccessReasons
{
    private const int LengthMin = 3;
    private const int LengthMax = 200;

    /// <returns>What is wrong; empty: nothing.</returns>
    public static List<(string Field, string Message)> Check(AccessReason? reason)
    {
        var findings = new List<(string, string)>();
        if (reason?.Purpose.Trim().Length is not (>= LengthMin and <= LengthMax))
        {
            findings.Add(("reason.purpose", "State the purpose in 3 to 200 characters."));
        }

        if (reason?.LegalBasis.Trim().Length is not (>= LengthMin and <= LengthMax))
        {
            findings.Add(("reason.legal_basis", "State the legal basis in 3 to 200 characters."));
        }

        return findings;
    }
}
