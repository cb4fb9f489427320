namespace ChatPS.Client.Tests;

/// <summary>Calls for themselves, outside of a run.</summary>
internal static class SingleCalls
{
    public static Task<TAnswer> CompleteAsync<TRequest, TAnswer, TUpdate>(
        this GenerationService<TRequest, TAnswer, TUpdate> service, TRequest request, CallSettings settings, CancellationToken cancellationToken)
        where TRequest : GenerationRequest
        where TAnswer : ChatAnswer
        where TUpdate : ChatAnswerUpdate => service.CompleteAsync(request, settings, RunPlan.None, cancellationToken);

    public static IAsyncEnumerable<TUpdate> StreamAsync<TRequest, TAnswer, TUpdate>(
        this GenerationService<TRequest, TAnswer, TUpdate> service, TRequest request, CallSettings settings, CancellationToken cancellationToken)
        where TRequest : GenerationRequest
        where TAnswer : ChatAnswer
        where TUpdate : ChatAnswerUpdate => service.StreamAsync(request, settings, RunPlan.None, cancellationToken);

    public static Task<IReadOnlyList<ChatModeration>> ModerateAsync(
        this ModerationService service, IReadOnlyList<ModerationItem> items, string? model, CallSettings settings, CancellationToken cancellationToken) =>
        service.ModerateAsync(items, model, settings, checkpoint: null, cancellationToken);

    public static async Task<ChatModeration> ModerateAsync(
        this ModerationService service, ModerationItem item, string? model, CallSettings settings, CancellationToken cancellationToken) =>
        (await service.ModerateAsync([item], model, settings, checkpoint: null, cancellationToken))[0];
}
