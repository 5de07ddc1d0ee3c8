using System.Collections.Frozen;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.CodeLists;

/// <summary>Contracting States of the CMR Convention; see the data folder's README for the doubts.</summary>
public static class CmrParties
{
    private static readonly FrozenSet<string> All = (
        "AL AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GE GG GI GR HR HU IE IM IR IT JE JO KG KZ LB LT LU LV "
        + "MA MD ME MK MN MT NL NO OM PK PL PT RO RS RU SE SI SK SY TJ TM TN TR UA UZ")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(CountryCode country) => All.Contains(country.Value);
}
