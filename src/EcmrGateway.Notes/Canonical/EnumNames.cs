namespace EcmrGateway.Notes.Canonical;

/// <summary>Names of the values of enumerations on the wire, by number.</summary>
internal static class EnumNames
{
    public static readonly string[] CarrierRole =
    [
        "CARRIER_ROLE_UNSPECIFIED",
        "CARRIER_ROLE_CONTRACTING",
        "CARRIER_ROLE_PERFORMING",
        "CARRIER_ROLE_SUCCESSIVE",
        "CARRIER_ROLE_SUBCONTRACTOR",
    ];

    public static readonly string[] DangerousGoodsStatement =
    [
        "DANGEROUS_GOODS_STATEMENT_UNSPECIFIED",
        "DANGEROUS_GOODS_STATEMENT_ENVIRONMENTALLY_HAZARDOUS",
        "DANGEROUS_GOODS_STATEMENT_WASTE",
        "DANGEROUS_GOODS_STATEMENT_EMPTY_UNCLEANED",
        "DANGEROUS_GOODS_STATEMENT_SALVAGE",
        "DANGEROUS_GOODS_STATEMENT_HOT",
        "DANGEROUS_GOODS_STATEMENT_MOLTEN",
    ];

    public static readonly string[] NoteEventType =
    [
        "NOTE_EVENT_TYPE_UNSPECIFIED",
        "NOTE_EVENT_TYPE_CREATED",
        "NOTE_EVENT_TYPE_AMENDED",
        "NOTE_EVENT_TYPE_CONSIGNOR_SIGNED",
        "NOTE_EVENT_TYPE_CARRIER_SIGNED",
        "NOTE_EVENT_TYPE_TAKEN_OVER",
        "NOTE_EVENT_TYPE_RESERVATION_ADDED",
        "NOTE_EVENT_TYPE_RESERVATION_ACCEPTED",
        "NOTE_EVENT_TYPE_HANDED_OVER",
        "NOTE_EVENT_TYPE_TRANSSHIPPED",
        "NOTE_EVENT_TYPE_DISPOSAL_INSTRUCTION",
        "NOTE_EVENT_TYPE_RIGHTS_TRANSFERRED",
        "NOTE_EVENT_TYPE_BORDER_CROSSED",
        "NOTE_EVENT_TYPE_DELIVERED",
        "NOTE_EVENT_TYPE_CONSIGNEE_SIGNED",
        "NOTE_EVENT_TYPE_DELIVERY_REFUSED",
        "NOTE_EVENT_TYPE_REPLACED",
        "NOTE_EVENT_TYPE_CANCELLED",
        "NOTE_EVENT_TYPE_IDENTIFIERS_PUBLISHED",
        "NOTE_EVENT_TYPE_AUTHORITY_ACCESS",
        "NOTE_EVENT_TYPE_FOLLOW_UP_RECEIVED",
    ];

    public static readonly string[] NoteProfile =
    [
        "NOTE_PROFILE_UNSPECIFIED",
        "NOTE_PROFILE_CMR",
        "NOTE_PROFILE_EU_REG11",
        "NOTE_PROFILE_CABOTAGE",
        "NOTE_PROFILE_NL_DOMESTIC",
        "NOTE_PROFILE_ADR",
        "NOTE_PROFILE_WASTE_ANNEX7",
        "NOTE_PROFILE_WASTE_NOTIFIED",
        "NOTE_PROFILE_WASTE_NL",
        "NOTE_PROFILE_ANIMALS",
    ];

    public static readonly string[] NoteStatus =
    [
        "NOTE_STATUS_UNSPECIFIED",
        "NOTE_STATUS_DRAFT",
        "NOTE_STATUS_ISSUED",
        "NOTE_STATUS_ACTIVE",
        "NOTE_STATUS_DELIVERED",
        "NOTE_STATUS_INACTIVE",
        "NOTE_STATUS_READY_TO_ARCHIVE",
        "NOTE_STATUS_ARCHIVED",
        "NOTE_STATUS_CANCELLED",
        "NOTE_STATUS_REPLACED",
    ];

    public static readonly string[] PackingGroup =
    [
        "PACKING_GROUP_UNSPECIFIED",
        "PACKING_GROUP_I",
        "PACKING_GROUP_II",
        "PACKING_GROUP_III",
    ];

    public static readonly string[] PartyIdScheme =
    [
        "PARTY_ID_SCHEME_UNSPECIFIED",
        "PARTY_ID_SCHEME_EORI",
        "PARTY_ID_SCHEME_VAT",
        "PARTY_ID_SCHEME_KVK",
        "PARTY_ID_SCHEME_LEI",
        "PARTY_ID_SCHEME_VIHB",
        "PARTY_ID_SCHEME_DIWASS",
    ];

    public static readonly string[] Payer =
    [
        "PAYER_UNSPECIFIED",
        "PAYER_CONSIGNOR",
        "PAYER_CONSIGNEE",
    ];

    public static readonly string[] RegulatedGoods =
    [
        "REGULATED_GOODS_UNSPECIFIED",
        "REGULATED_GOODS_FGAS",
        "REGULATED_GOODS_ANIMAL",
        "REGULATED_GOODS_FOOD",
        "REGULATED_GOODS_EXCISE",
        "REGULATED_GOODS_WASTE",
        "REGULATED_GOODS_DUAL_USE",
    ];

    public static readonly string[] RightsHolder =
    [
        "RIGHTS_HOLDER_UNSPECIFIED",
        "RIGHTS_HOLDER_CONSIGNOR",
        "RIGHTS_HOLDER_CONSIGNEE",
    ];

    public static readonly string[] SignatureLevel =
    [
        "SIGNATURE_LEVEL_UNSPECIFIED",
        "SIGNATURE_LEVEL_ADES",
        "SIGNATURE_LEVEL_ADES_QC",
        "SIGNATURE_LEVEL_QES",
        "SIGNATURE_LEVEL_ADSEAL",
        "SIGNATURE_LEVEL_QSEAL",
    ];

    public static readonly string[] WasteKind =
    [
        "WASTE_KIND_UNSPECIFIED",
        "WASTE_KIND_GREEN_ANNEX7",
        "WASTE_KIND_NOTIFIED",
        "WASTE_KIND_NL_DOMESTIC",
    ];
}
