using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>A task whose results are fetched. Addresses are good for hours only: where one has expired, the task is looked at again, once, for another.</summary>
/// <param name="service">Its connection.</param>
/// <param name="task">The task as far as it is known.</param>
/// <param name="item">The pipeline item.</param>
/// <param name="settings">What calls do otherwise.</param>
internal sealed class ReceivedGeneration(ServiceConnection service, ChatGeneration task, object? item, CallSettings settings)
{
    private ChatGeneration _task = task;
    private bool _isNew;

    /// <summary>Saves its results, and emits each as it is saved.</summary>
    /// <param name="save">Saves one.</param>
    /// <param name="output">Takes them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Done when all are saved.</returns>
    /// <exception cref="ChatServiceException">There is nothing to save; it says why.</exception>
    public async Task SaveAsync(Func<ChatGenerationResult, CallSettings, Task> save, ItemOutput output, CancellationToken cancellationToken)
    {
        ChatGenerationResult[] results = Results();
        if (!_task.IsDone || _task.Status == ChatGenerationStatus.NeedsInput || (_task.Status == ChatGenerationStatus.Succeeded && results.Length == 0))
        {
            await LookAgainAsync(cancellationToken);
            results = Results();
        }

        // What a task has made before it failed is worth a file, too.
        ChatServiceException? failure = WhyNot(_task);
        if (failure is not null && (results.Length == 0 || _task.Status is not (ChatGenerationStatus.Failed or ChatGenerationStatus.Cancelled)))
        {
            throw failure;
        }

        foreach (ChatGenerationResult result in results)
        {
            try
            {
                await output.EmitAsync(await SaveAsync(result, save, cancellationToken), cancellationToken);
            }
            catch (ChatServiceException lost) when (!Errors.EndsRun(lost))
            {
                output.Fail(item, lost);
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    private async Task<ChatGenerationResult> SaveAsync(ChatGenerationResult result, Func<ChatGenerationResult, CallSettings, Task> save, CancellationToken cancellationToken)
    {
        try
        {
            await save(result, settings);
            return result;
        }
        catch (ChatServiceException failure) when (failure.StatusCode is 403 or 404 or 410 && result.Data is null)
        {
            if (!_isNew)
            {
                await LookAgainAsync(cancellationToken);
            }

            ChatGenerationResult? other = Array.Find(Results(), other => other.Part == result.Part && other.Url != result.Url);
            if (other is null)
            {
                throw Expired(result, failure);
            }

            try
            {
                await save(other, settings);
                return other;
            }
            catch (ChatServiceException again) when (again.StatusCode is 403 or 404 or 410)
            {
                throw Expired(other, again);
            }
        }
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        _isNew = true;
        _task = await service.Generations.LookAsync(_task, settings, cancellationToken);
    }

    // A text is a result where there is nothing else.
    private ChatGenerationResult[] Results() => _task.Result.Count > 0 || _task.Text is not { Length: > 0 } text
        ? [.. _task.Result]
        :
        [
            new ChatGenerationResult
            {
                Kind = "text",
                MediaType = "text/plain",
                Data = Encoding.UTF8.GetBytes(text),
                Connection = _task.Connection,
                Input = _task.Input,
                Index = _task.Index,
                GenerationId = _task.Id,
            },
        ];

    private static ChatServiceException? WhyNot(ChatGeneration task)
    {
        string name = Printable.Line(task.ToString(), 80);
        string reason = task.FailReason is { } said ? $": {Printable.Line(said, 300)}" : ".";
        string code = task.FailCode is { } number ? $" (code {Printable.Line(number, 40)})" : "";
        return task.Status switch
        {
            ChatGenerationStatus.Succeeded when task.Result.Count == 0 && task.Text is not { Length: > 0 } => Failures.Invalid($"The task {name} has succeeded, and has no results to fetch.", "Look at its property Raw."),
            ChatGenerationStatus.Succeeded => null,
            ChatGenerationStatus.Failed => new ChatServiceException(ErrorIds.ServerError, $"The task {name} has failed{code}{reason}", "Change what it asks for, and start it again.") { ServiceCode = task.FailCode },
            ChatGenerationStatus.Cancelled => Failures.Invalid($"The task {name} was cancelled{reason}", "Start it again, if it is to be done."),
            ChatGenerationStatus.NeedsInput => Failures.Invalid($"The task {name} waits for input{reason}", "Give it with Invoke-ChatGenerationAction, then wait for it with Wait-ChatGeneration."),
            _ => Failures.Invalid($"The task {name} is not done yet; it is {task.Status}.", "Wait for it with Wait-ChatGeneration."),
        };
    }

    private static ChatServiceException Expired(ChatGenerationResult result, ChatServiceException failure)
    {
        // Another host's refusal has come as a dead link; the service's own may be about the key.
        string words = Printable.Line(failure.Message, 300);
        bool isOther = failure.ErrorId == ErrorIds.AuthenticationFailed && !words.Contains("expire", StringComparison.OrdinalIgnoreCase);
        string name = Printable.Line(result.GenerationId, 60);
        string when = result.ExpiresAt is { } end ? FormattableString.Invariant($" It was good until {end:u}.") : result.SeenAt is { } seen ? FormattableString.Invariant($" It was first seen at {seen:u}.") : "";
        return new ChatServiceException(
            isOther ? failure.ErrorId : ErrorIds.InvalidRequest,
            isOther ? $"A result of the task {name} cannot be fetched, and the service gives no other address: {words}{when}" : $"The address of a result of the task {name} has expired, and the service gives no other.{when}",
            isOther ? failure.RecommendedAction : "Make it anew, and receive results as soon as they are done.",
            failure)
        {
            StatusCode = failure.StatusCode,
        };
    }
}
