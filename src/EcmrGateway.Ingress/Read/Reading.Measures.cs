using EcmrGateway.Notes.CodeLists;
using EcmrGateway.Notes.Note;
using EcmrGateway.Notes.Rules;
using Google.Protobuf;
using Wire = Ecmr.Note.V1;

namespace EcmrGateway.Ingress.Read;

/// <content>Quantities with their units.</content>
internal sealed partial class Reading
{
    private const string DecimalWanted =
        "Must be a decimal: at most 10 digits, and where there is a dot 1 to 6 after it.";

    public Measure? Measure(string field, Wire.Measure? wire, MeasureKind kind)
    {
        if (wire is null)
        {
            return null;
        }

        RefuseUnknown(field, UnknownFields.Of(wire));
        var unitFits = UnitFits(field, wire.Unit, kind);
        if (!DecimalText.TryParse(wire.Value, out var value))
        {
            Report(RuleCodes.NotReadable, $"{field}.value", DecimalWanted);
            return null;
        }

        if (value < 0 && kind != MeasureKind.Temperature)
        {
            Report(RuleCodes.NotReadable, $"{field}.value", "Must not be below zero.");
            return null;
        }

        return unitFits ? new(value, wire.Unit) : null;
    }

    private bool UnitFits(string field, string unit, MeasureKind kind)
    {
        var wanted = kind switch
        {
            MeasureKind.Mass => unit is "KGM" or "TNE" or "GRM" ? null : "Must be KGM, TNE or GRM.",
            MeasureKind.Volume => unit is "MTQ" or "LTR" ? null : "Must be MTQ or LTR.",
            MeasureKind.Temperature => unit is "CEL" ? null : "Must be CEL.",
            _ => Units.All.StatusOf(unit) is CodeStatus.Active or CodeStatus.Deprecated
                ? null
                : "Must be a unit of UN/ECE Recommendation 20.",
        };
        if (wanted is not null)
        {
            Report(RuleCodes.Unit, $"{field}.unit", wanted);
        }

        return wanted is null;
    }

    private void RefuseUnknown(string field, UnknownFieldSet? unknown)
    {
        if (unknown is not null)
        {
            Enter(field, WholeMessage);
            RefuseUnknown(unknown);
            _depth--;
        }
    }
}
