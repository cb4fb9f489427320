using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Generations;

/// <summary>Long generations of one connection: handed in, looked at, and stopped.</summary>
public sealed class GenerationService
{
    private const string UnknownAdvice = "Check the id and the connection; services forget tasks after some time.";

    private readonly ServiceConnection _connection;
    private readonly IReadOnlyList<IGenerationFamily> _families;

    internal GenerationService(ServiceConnection connection, IReadOnlyList<IGenerationFamily> families)
    {
        _connection = connection;
        _families = families;
    }

    /// <summary>Gets the settings of the connection.</summary>
    public ConnectionSettings Settings => _connection.Settings;

    /// <summary>Finds what is asked, and what the service cannot be asked, before anything is sent.</summary>
    /// <param name="request">What to make.</param>
    /// <returns>The same, with action and form found.</returns>
    /// <exception cref="ChatServiceException">Something cannot be sent; it says what.</exception>
    public GenerationRequest Prepare(GenerationRequest request)
    {
        IGenerationFamily family = FamilyOf(request.Service);
        GenerationForm form = FormOf(family, request.Form ?? request.Parent?.Form);
        ActionDescription action = ActionOf(family, form, request);
        RequireParent(request.Parent, action);
        GenerationRequest prepared = request with
        {
            Service = family.Service,
            Action = request.Parent is not null && request.Action is { } button ? Spelled(request.Parent, button) ?? action.Name : action.Name,
            Form = form.Name,
            KnownForm = form,
            Description = action,
        };
        prepared.Check();
        return prepared;
    }

    /// <summary>Hands in a task. It is sent once: what a broken connection leaves open is not asked again, since it costs something.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ChatServiceException">The service did not take it; it says why.</exception>
    public async Task<ChatGeneration> SubmitAsync(GenerationRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        GenerationRequest prepared = request.Description.Name.Length > 0 ? request : Prepare(request);
        IGenerationFamily family = FamilyOf(prepared.Service);
        CallSettings told = _connection.About(settings, prepared.Index, 1, () => prepared.Prompt ?? prepared.Action ?? "") with { SendsOnce = true };
        GenerationState state = await family.SubmitAsync(prepared, new GenerationCalls(_connection, told, cancellationToken));
        if (!prepared.Description.IsAtOnce)
        {
            RequireId(state.Id, prepared);
        }

        ChatGeneration begun = new()
        {
            Service = family.Service,
            Action = prepared.Action!,
            Prompt = prepared.Prompt,
            Model = prepared.Model,
            Form = prepared.KnownForm.Name.Length > 0 ? prepared.KnownForm.Name : null,
            Mode = prepared.Mode,
            ParentId = prepared.Parent?.Id,
            SubmittedAt = DateTimeOffset.UtcNow,
            Connection = _connection.Settings.Name,
            Input = prepared.Input,
            Index = prepared.Index,
        };
        return Join(begun, state, family, told);
    }

    /// <summary>Finds the place of a request in a checkpoint.</summary>
    /// <param name="request">What to make; prepared.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <returns>The place.</returns>
    public CheckpointSlot Claim(GenerationRequest request, CallSettings settings, Checkpoint checkpoint) =>
        checkpoint.Claim(Encoding.UTF8.GetBytes(PlainJson.Write(request.Asked(settings, _connection.Settings.Name), "-AdditionalBody")));

    /// <summary>Looks at a task.</summary>
    /// <param name="task">The task as it was seen last, or just its id and its family.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The task as it is now.</returns>
    /// <exception cref="ChatServiceException">The service does not tell; it says why.</exception>
    public async Task<ChatGeneration> LookAsync(ChatGeneration task, CallSettings settings, CancellationToken cancellationToken) =>
        (await SeeAsync(task, settings, cancellationToken)).Task;

    /// <summary>Looks at tasks, in as few calls as it takes.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The tasks as they are now, in their order; null for those that the service does not know.</returns>
    /// <exception cref="ChatServiceException">The service does not tell; it says why.</exception>
    public async Task<IReadOnlyList<ChatGeneration?>> LookAsync(IReadOnlyList<ChatGeneration> tasks, CallSettings settings, CancellationToken cancellationToken) =>
        [.. (await SeeAsync(tasks, settings, cancellationToken)).Select(seen => seen?.Task)];

    /// <summary>Tells how many tasks of a kind can be looked at in one call.</summary>
    /// <param name="task">One of them.</param>
    /// <returns>The number; 1 where there is no call for several.</returns>
    public int MostAtOnce(ChatGeneration task) => FamilyOf(task.Service) is IGenerationList list && list.MostAtOnce(FormFor(task).Name) is > 1 and var most ? most : 1;

    /// <summary>Stops a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="force">Whether a task that has ended is deleted, where that is what stopping does.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The task as it is now.</returns>
    /// <exception cref="ChatServiceException">It cannot be stopped; it says why.</exception>
    public async Task<ChatGeneration> StopAsync(ChatGeneration task, bool force, CallSettings settings, CancellationToken cancellationToken)
    {
        IGenerationFamily family = FamilyOf(task.Service);
        GenerationForm form = FormFor(task);
        if (family is not IGenerationStop stop || !stop.CanStop(form.Name))
        {
            throw Failures.Invalid($"{Named(family, form)} cannot stop a task.", "Let it go on; it costs nothing more than it does already.");
        }

        ParameterRules.PathSegment(task.Id, "-Id");
        if (!stop.DeletesResults && HasEnded(task))
        {
            return task;
        }

        if (stop.DeletesResults && !force)
        {
            task = task.IsDone ? task : await LookAsync(task, settings, cancellationToken);
            if (HasEnded(task))
            {
                throw Failures.Invalid($"The task {task.Id} has ended ({task.Status}); stopping it now deletes its results at {family.Service}.", "Fetch the results with Receive-ChatGeneration first, and use -Force if they are to go.");
            }
        }

        GenerationState? state = await stop.StopAsync(Formed(task, form), new GenerationCalls(_connection, settings, cancellationToken));
        return Join(task, state ?? new GenerationState { Status = ChatGenerationStatus.Cancelled, Raw = task.Raw }, family, settings);
    }

    /// <summary>Says that a service does not know a task.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The error.</returns>
    public static ChatServiceException Unknown(ChatGeneration task) => new(
        ErrorIds.InvalidRequest, $"{task.Service} knows no task {Printable.Line(task.Id, 60)}.", UnknownAdvice)
    {
        ServiceCode = Said.UnknownTask,
    };

    // Services say it with several codes and statuses; what to do is the same.
    private static ChatServiceException Unknown(ChatGeneration task, ChatServiceException failure) => new(
        ErrorIds.InvalidRequest, $"{task.Service} knows no task {Printable.Line(task.Id, 60)}: {failure.Message}", UnknownAdvice, failure)
    {
        StatusCode = failure.StatusCode,
        ServiceCode = Said.UnknownTask,
        RequestId = failure.RequestId,
    };

    /// <summary>Gets the shortest pause between two looks at a task.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The pause.</returns>
    internal TimeSpan PauseOf(ChatGeneration task) => FamilyOf(task.Service).Pause;

    internal async Task<SeenGeneration> SeeAsync(ChatGeneration task, CallSettings settings, CancellationToken cancellationToken)
    {
        IGenerationFamily family = FamilyOf(task.Service);
        GenerationForm form = FormFor(task);
        ParameterRules.PathSegment(task.Id, "-Id");
        CallSettings told = _connection.About(settings, task.Index, 1, () => task.Id);
        try
        {
            GenerationState state = await family.LookAsync(Formed(task, form), new GenerationCalls(_connection, told, cancellationToken));
            return new SeenGeneration(Join(Known(task), state, family, told), state.PollAfter);
        }
        catch (ChatServiceException failure) when (failure.MissingEndpoint is null && GenerationVigil.IsUnknown(failure))
        {
            throw Unknown(task, failure);
        }
    }

    internal async Task<IReadOnlyList<SeenGeneration?>> SeeAsync(IReadOnlyList<ChatGeneration> tasks, CallSettings settings, CancellationToken cancellationToken)
    {
        if (tasks.Count == 0)
        {
            return [];
        }

        if (tasks.Count == 1 || FamilyOf(tasks[0].Service) is not IGenerationList family || MostAtOnce(tasks[0]) is not (> 1 and var most))
        {
            List<SeenGeneration?> one = [];
            foreach (ChatGeneration task in tasks)
            {
                one.Add(await SeeAsync(task, settings, cancellationToken));
            }

            return one;
        }

        GenerationForm form = FormFor(tasks[0]);
        List<SeenGeneration?> seen = [];
        for (int first = 0; first < tasks.Count; first += most)
        {
            ChatGeneration[] part = [.. tasks.Skip(first).Take(most).Select(task => Formed(task, form))];
            IReadOnlyList<GenerationState> states = await family.LookAsync(part, new GenerationCalls(_connection, settings, cancellationToken));
            Dictionary<string, GenerationState> known = new(StringComparer.Ordinal);
            foreach (GenerationState state in states.Where(state => state.Id is not null && !known.ContainsKey(state.Id)))
            {
                known[state.Id!] = state;
            }

            seen.AddRange(part.Select(task => known.TryGetValue(task.Id, out GenerationState? state)
                ? new SeenGeneration(Join(Known(task), state, family, settings), state.PollAfter)
                : null));
        }

        return seen;
    }

    private IGenerationFamily FamilyOf(string service)
    {
        IGenerationFamily family = GenerationCatalog.Require(_families, service);
        return family.IsServedBy(_connection.Dialect) ? family : throw Failures.Invalid(
            $"{_connection.Settings.ServiceName} has no {family.Service} (connection '{_connection.Settings.Name}').", "Name another connection with -Connection; Get-ChatConnection shows what there is.");
    }

    private GenerationForm FormOf(IGenerationFamily family, string? name) => name is null or ""
        ? family.Forms.FirstOrDefault(form => form.IsOf(_connection.Settings.BaseUri)) ?? family.Forms[0]
        : family.Forms.FirstOrDefault(form => form.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw Failures.Invalid(
            $"-Form: {family.Service} knows no form '{ParameterRules.OnOneLine(name)}'.",
            family.Forms.Count > 1 ? $"Use {string.Join(", ", family.Forms.Select(form => form.Name))}." : "Leave -Form out.");

    private GenerationForm FormFor(ChatGeneration task) => FormOf(FamilyOf(task.Service), task.Form);

    private static ActionDescription ActionOf(IGenerationFamily family, GenerationForm form, GenerationRequest request)
    {
        ActionDescription[] known = [.. family.Actions.Where(action => action.IsFollowUp == (request.Parent is not null) && (action.Forms.Count == 0 || action.Forms.Contains(form.Name, StringComparer.Ordinal)))];
        if (request.Action is not { } name)
        {
            return known.FirstOrDefault() ?? throw Failures.Invalid($"{family.Service} offers nothing to do with a task.", "Start another one with Start-ChatGeneration.");
        }

        if (known.FirstOrDefault(action => action.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } action)
        {
            return action;
        }

        if (request.Parent is { } parent && Spelled(parent, name) is not null && known.FirstOrDefault(action => action.Name == ButtonAction) is { } button)
        {
            return button;
        }

        string[] names = [.. (request.Parent?.Actions.Select(offered => Printable.Line(offered.Name, MostOfName)) ?? []).Concat(known.Where(action => Offers(request.Parent, action)).Select(action => action.Name)).Where(offered => offered != ButtonAction).Distinct(StringComparer.OrdinalIgnoreCase)];
        string[] forms = [.. family.Actions.Where(action => action.IsFollowUp == (request.Parent is not null) && action.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).SelectMany(action => action.Forms)];
        throw Failures.Invalid(
            $"-Action: {Named(family, form)} has no '{Printable.Line(name, MostOfName)}'{(request.Parent is { } of ? $" for the task {Printable.Line(of.Id, MostOfName)}, which is {of.Status}" : "")}.",
            forms.Length > 0 ? $"{string.Join(", ", forms)} has it: -Form {forms[0]}."
                : names.Length > MostNames ? $"Use {string.Join(", ", names.Take(MostNames))}, or another of the {Counted.Of(names.Length - MostNames, "action")} that there are besides."
                : names.Length > 0 ? $"Use {string.Join(", ", names)}." : "The task offers nothing.");
    }

    // What gives input is for tasks that wait for some; the rest is for those that do not.
    private static bool Offers(ChatGeneration? task, ActionDescription action) => task is null || action.GivesInput == (task.Status == ChatGenerationStatus.NeedsInput);

    // The action by which a family presses what a task itself offers.
    internal const string ButtonAction = "Button";

    private const int MostNames = 20;
    private const int MostOfName = 60;

    // By its name, or by what the service writes on it.
    private static string? Spelled(ChatGeneration task, string action) =>
        (task.Actions.FirstOrDefault(offered => offered.Name.Equals(action, StringComparison.OrdinalIgnoreCase))
            ?? task.Actions.FirstOrDefault(offered => action.Equals(offered.Label, StringComparison.OrdinalIgnoreCase)))?.Name;

    private static void RequireParent(ChatGeneration? parent, ActionDescription action)
    {
        if (parent is null)
        {
            return;
        }

        ParameterRules.PathSegment(parent.Id, "-Id");
        if (action.GivesInput && parent.Status != ChatGenerationStatus.NeedsInput)
        {
            throw Failures.Invalid($"-Action: {action.Name} gives a task what it waits for; the task {Printable.Line(parent.Id, MostOfName)} waits for nothing, it is {parent.Status}.", "Use what the task offers in Actions.");
        }

        if (action.ResultKind is { } kind && parent.Result.Count > 0 && !parent.Result.Any(result => result.Kind == kind))
        {
            throw Failures.Invalid($"-Action: {action.Name} goes on from {kind}, of which the task {Printable.Line(parent.Id, MostOfName)} has none.", "Use what the task offers in Actions.");
        }
    }

    private static void RequireId(string? id, GenerationRequest request)
    {
        if (!TaskId.IsUsable(id))
        {
            throw new ChatServiceException(
                ErrorIds.BadResponse, $"{request.Service} took the task and gave no id that can be used.", "It may be under way all the same: look at the service's own page before you try again.");
        }
    }

    private static bool HasEnded(ChatGeneration task) => task.IsDone && task.Status != ChatGenerationStatus.NeedsInput;

    private static string Named(IGenerationFamily family, GenerationForm form) => form.Name.Length == 0 ? family.Service : $"{family.Service} in the form {form.Name}";

    // A task of another session knows neither form nor connection.
    private static ChatGeneration Formed(ChatGeneration task, GenerationForm form) => task.Form == form.Name || (task.Form is null && form.Name.Length == 0) ? task : GenerationCopy.Of(task, form: form.Name);

    private ChatGeneration Known(ChatGeneration task) => task.Connection == _connection.Settings.Name ? task : GenerationCopy.Of(task, connection: _connection.Settings.Name);

    private ChatGeneration Join(ChatGeneration before, GenerationState state, IGenerationFamily family, CallSettings settings)
    {
        ChatGeneration now = GenerationMapper.Join(before, state, family, new Secrets(_connection.Settings, settings), DateTimeOffset.UtcNow);
        if (state.Results.Count > now.Result.Count && now.Result.Count > before.Result.Count)
        {
            settings.Warning?.Invoke($"The task {Printable.Line(now.ToString(), 80)} has {state.Results.Count} results; the first {now.Result.Count} are shown, and all of them are in Raw.");
        }

        return now;
    }
}
