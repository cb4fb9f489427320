namespace ChatPS.Sandbox.Families.Envelope;

/// <summary>The reseller's chats.</summary>
internal static class EnvelopeFamily
{
    public static Family Create(FamilyOptions options) => new(EnvelopeDialect.Instance, [Route.Post(EnvelopeDialect.Path, new EnvelopeEndpoint().Handle) with { IsCompletion = true }]);
}
