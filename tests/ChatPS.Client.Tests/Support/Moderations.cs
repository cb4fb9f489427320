using ChatPS.Client.Connections;
using ChatPS.Client.Moderation;

namespace ChatPS.Client.Tests;

/// <summary>Moderations outside of a run.</summary>
internal static class Moderations
{
    public static Task<IReadOnlyList<ChatModeration>> ModerateAsync(
        this ModerationService service, IReadOnlyList<ModerationItem> items, string? model, CallSettings settings, CancellationToken cancellationToken) =>
        service.ModerateAsync(items, model, settings, checkpoint: null, cancellationToken);

    public static async Task<ChatModeration> ModerateAsync(
        this ModerationService service, ModerationItem item, string? model, CallSettings settings, CancellationToken cancellationToken) =>
        (await service.ModerateAsync([item], model, settings, checkpoint: null, cancellationToken))[0];
}
