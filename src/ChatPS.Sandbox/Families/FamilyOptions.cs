using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Kept;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families;

/// <summary>What the families know of how the sandbox was started.</summary>
/// <param name="Models">The models that are listed.</param>
/// <param name="RefusesOtherModels">Whether there are no others.</param>
/// <param name="Clock">The clock behind the times in answers.</param>
internal sealed record FamilyOptions(IReadOnlyList<string> Models, bool RefusesOtherModels, Func<DateTimeOffset> Clock)
{
    /// <summary>What the services allow.</summary>
    public SandboxLimits Limits { get; init; } = new();

    /// <summary>The files that the services keep.</summary>
    public FileStore Files { get; init; } = new(Clock);

    /// <summary>Answers a request that did not come over the wire, such as one of a batch, just as if it had.</summary>
    public Func<HttpRequest, ReadOnlyMemory<byte>, InnerAnswer> Ask { get; init; } = static (_, _) => throw new NotSupportedException("Nobody answers.");

    /// <summary>The tokens that identities were exchanged for.</summary>
    public IssuedTokens IssuedTokens { get; init; } = new(Clock, TimeSpan.FromHours(1));

    /// <summary>The vector stores that the services keep.</summary>
    public Documents Documents { get; init; } = new();

    /// <summary>The conversations that the services keep.</summary>
    public Conversations Conversations { get; init; } = new();
}
