using ChatPS.Client.Connections;
using ChatPS.Client.Moderation;

namespace ChatPS.Client.Tests;

/// <summary>Moderations outside of a run.</summary>
internal static class Moderations
{
    public static async Task<ChatModeration> ModerateAsync(
        this ModerationService service, ModerationItem item, string? model, CallSettings settings, CancellationToken cancellationToken) =>
        (await service.ModerateAsync([item], model, settings, cancellationToken))[0];
}
