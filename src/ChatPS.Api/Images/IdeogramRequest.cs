using ChatPS.Api.Wire;

namespace ChatPS.Api.Images;

/// <summary>The body of ideogram's older form: all settings stand in one member.</summary>
public sealed class IdeogramRequest : ApiRequest
{
    /// <summary>The settings.</summary>
    public IdeogramSettings? ImageRequest { get; set; }

    internal override IReadOnlyCollection<string> MergedMembers { get; } = ["image_request"];
}
