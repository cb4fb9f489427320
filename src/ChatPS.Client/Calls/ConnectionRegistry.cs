using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Calls;

/// <summary>
/// The connections of the process, and those that a runspace keeps to itself. The default is the one that the runspace
/// connected last, else the one that any runspace did, else what the environment variables say. Where a runspace tried to
/// connect and failed it has no default: what follows was meant for the service that is not there.
/// </summary>
public sealed class ConnectionRegistry : IDisposable
{
    private readonly object _lock = new();
    private readonly Dictionary<string, ServiceConnection> _shared = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, Scope> _scopes = [];
    private readonly List<WeakReference<ServiceConnection>> _replaced = [];
    private readonly EnvironmentConnection _environment;
    private string? _sharedDefault;

    /// <summary>Makes the registry.</summary>
    /// <param name="standard">How a service is spoken to of which the environment variables say no more.</param>
    public ConnectionRegistry(Dialect standard) => _environment = new EnvironmentConnection(standard);

    /// <summary>What the calls of all these connections came to.</summary>
    public UsageLedger Usage { get; } = new();

    /// <summary>Adds a connection, in place of one of the same name, and makes it the default.</summary>
    /// <param name="settings">What the connection is made from.</param>
    /// <param name="runspace">The runspace that connects.</param>
    /// <param name="isolated">Whether to keep it to that runspace.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="ChatServiceException">The settings cannot work.</exception>
    public ServiceConnection Connect(ConnectionSettings settings, Guid runspace, bool isolated)
    {
        ServiceConnection connection = new(settings, Usage);
        lock (_lock)
        {
            Scope scope = ScopeOf(runspace);
            scope.MakeDefault(settings.Name);
            Retire(scope.Own, settings.Name);
            if (isolated)
            {
                scope.Own[settings.Name] = connection;
            }
            else
            {
                Retire(_shared, settings.Name);
                _shared[settings.Name] = connection;
                _sharedDefault = settings.Name;
            }

            return connection;
        }
    }

    /// <summary>Adds a saved connection that a command asked for, unless there is one of its name by now.</summary>
    /// <param name="settings">What the connection is made from.</param>
    /// <param name="runspace">The runspace that asks.</param>
    /// <param name="asDefault">Whether it is the default that was saved; it becomes that of the process, if there is none.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="ChatServiceException">The settings cannot work.</exception>
    public ServiceConnection Adopt(ConnectionSettings settings, Guid runspace, bool asDefault)
    {
        lock (_lock)
        {
            if (FindNamed(settings.Name, runspace) is not { } connection)
            {
                _shared[settings.Name] = connection = new ServiceConnection(settings, Usage);
            }

            if (asDefault)
            {
                _sharedDefault ??= settings.Name;
            }

            return connection;
        }
    }

    /// <summary>Makes a connection that is there the default, as it is.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="runspace">The runspace whose default it becomes; and that of the process, if all can use it.</param>
    /// <returns>The connection; null where there is none of that name.</returns>
    public ServiceConnection? MakeDefault(string name, Guid runspace)
    {
        lock (_lock)
        {
            if (FindNamed(name, runspace) is not { } connection)
            {
                return null;
            }

            ScopeOf(runspace).MakeDefault(connection.Settings.Name);
            if (!IsIsolated(name, runspace))
            {
                _sharedDefault = connection.Settings.Name;
            }

            return connection;
        }
    }

    /// <summary>Leaves a runspace without a default, since what it wanted to connect to is not there.</summary>
    /// <param name="runspace">The runspace.</param>
    /// <param name="why">Why it could not connect.</param>
    public void LeaveWithoutDefault(Guid runspace, string why)
    {
        lock (_lock)
        {
            ScopeOf(runspace).Failure = why;
        }
    }

    /// <summary>Forgets that a runspace could not connect.</summary>
    /// <param name="runspace">The runspace.</param>
    public void ForgetFailure(Guid runspace)
    {
        lock (_lock)
        {
            if (_scopes.TryGetValue(runspace, out Scope? scope))
            {
                scope.Failure = null;
            }
        }
    }

    /// <summary>Whether a runspace can use any connection but that of the environment variables.</summary>
    /// <param name="runspace">The runspace.</param>
    /// <returns>Whether there is one.</returns>
    public bool HasAny(Guid runspace)
    {
        lock (_lock)
        {
            return _shared.Count > 0 || (_scopes.TryGetValue(runspace, out Scope? scope) && scope.Own.Count > 0);
        }
    }

    /// <summary>Whether a connection belongs to the runspace alone.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="runspace">The runspace.</param>
    /// <returns>Whether it does.</returns>
    public bool IsIsolated(string name, Guid runspace)
    {
        lock (_lock)
        {
            return _scopes.TryGetValue(runspace, out Scope? scope) && scope.Own.ContainsKey(name);
        }
    }

    /// <summary>Finds a connection that was made.</summary>
    /// <param name="name">Its name; null for the default.</param>
    /// <param name="runspace">The runspace that asks.</param>
    /// <returns>The connection; null where there is none, and the environment variables are not asked.</returns>
    /// <exception cref="ChatServiceException">The default is asked for, and the runspace could not connect to what it wanted.</exception>
    public ServiceConnection? TryFind(string? name, Guid runspace)
    {
        lock (_lock)
        {
            if (name is { Length: > 0 })
            {
                return FindNamed(name, runspace);
            }

            if (_scopes.TryGetValue(runspace, out Scope? scope) && scope.Failure is { } why)
            {
                throw Failures.Invalid(
                    $"There is no default connection, since the last Connect-ChatService failed: {why}",
                    "Correct that line; or name a connection with -Connection, or make one the default with Connect-ChatService -Name. Disconnect-ChatService forgets the failure.");
            }

            return FindDefault(runspace);
        }
    }

    /// <summary>Finds a connection.</summary>
    /// <param name="name">Its name; null for the default.</param>
    /// <param name="runspace">The runspace that asks.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="ChatServiceException">There is none of that name, or no default and no key.</exception>
    public ServiceConnection Find(string? name, Guid runspace)
    {
        lock (_lock)
        {
            return TryFind(name, runspace)
                ?? (name is not { Length: > 0 } || string.Equals(name, ConnectionSettings.EnvironmentName, StringComparison.OrdinalIgnoreCase) ? _environment.Get(Usage, Retire)
                : throw Failures.Invalid($"-Connection: there is no connection '{name}'.", NearestNames.Advise(name, NamesOf(runspace), "See Get-ChatConnection, also with -Saved, or make one with Connect-ChatService -Name.")));
        }
    }

    /// <summary>Reads a model that is named together with its connection, such as <c>anthropic/claude-sonnet-4</c>.</summary>
    /// <param name="model">The model as it was named.</param>
    /// <param name="runspace">The runspace that asks.</param>
    /// <returns>The name of the connection and the rest; null and the model as it is where there is no such connection.</returns>
    public (string? Connection, string Model) Split(string model, Guid runspace)
    {
        int slash = model.IndexOf("/", StringComparison.Ordinal);
        if (slash <= 0 || slash == model.Length - 1)
        {
            return (null, model);
        }

        lock (_lock)
        {
            string name = model.Substring(0, slash);
            return FindNamed(name, runspace) is { } connection ? (connection.Settings.Name, model.Substring(slash + 1)) : (null, model);
        }
    }

    /// <summary>All connections that a runspace can use.</summary>
    /// <param name="runspace">The runspace that asks.</param>
    /// <returns>The connections by name, with what is to be known of them.</returns>
    public IReadOnlyList<ChatConnection> List(Guid runspace)
    {
        lock (_lock)
        {
            ServiceConnection? chosen = FindDefault(runspace);
            Dictionary<string, ServiceConnection> own = _scopes.TryGetValue(runspace, out Scope? scope) ? scope.Own : [];
            return
            [
                .. own.Values.Select(connection => Describe(connection, ReferenceEquals(connection, chosen), isolated: true))
                    .Concat(_shared.Values.Where(connection => !own.ContainsKey(connection.Settings.Name))
                        .Select(connection => Describe(connection, ReferenceEquals(connection, chosen), isolated: false)))
                    .OrderBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase),
            ];
        }
    }

    /// <summary>Removes a connection and closes its sockets.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="runspace">The runspace that asks.</param>
    /// <returns>Whether there was one.</returns>
    public bool Disconnect(string name, Guid runspace)
    {
        ServiceConnection? connection;
        lock (_lock)
        {
            connection = FindNamed(name, runspace);
            if (connection is null)
            {
                return false;
            }

            if (!(_scopes.TryGetValue(runspace, out Scope? scope) && scope.Own.Remove(name)))
            {
                _shared.Remove(name);
                if (string.Equals(_sharedDefault, name, StringComparison.OrdinalIgnoreCase))
                {
                    _sharedDefault = null;
                }
            }

        }

        // Calls in flight end here, and may look for a connection themselves.
        connection.Dispose();
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        List<ServiceConnection> all;
        lock (_lock)
        {
            all = [.. _shared.Values, .. _scopes.Values.SelectMany(scope => scope.Own.Values), .. _replaced.Select(Alive).OfType<ServiceConnection>()];
            if (_environment.Take() is { } environment)
            {
                all.Add(environment);
            }

            _shared.Clear();
            _scopes.Clear();
            _replaced.Clear();
            _sharedDefault = null;
        }

        all.ForEach(connection => connection.Dispose());
    }

    /// <summary>Tells what is to be known of a connection; never its key.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="isDefault">Whether it is the default.</param>
    /// <param name="isolated">Whether it belongs to one runspace.</param>
    /// <returns>The object for users.</returns>
    public static ChatConnection Describe(ServiceConnection connection, bool isDefault, bool isolated) => connection.Settings.Describe(isDefault, isolated);

    private ServiceConnection? FindDefault(Guid runspace)
    {
        string? own = null;
        if (_scopes.TryGetValue(runspace, out Scope? scope))
        {
            if (scope.Failure is not null)
            {
                return null;
            }

            own = scope.Default;
        }

        return (own is null ? null : FindNamed(own, runspace)) ?? (_sharedDefault is null ? null : FindNamed(_sharedDefault, runspace));
    }

    private IEnumerable<string> NamesOf(Guid runspace) => _scopes.TryGetValue(runspace, out Scope? scope) ? scope.Own.Keys.Concat(_shared.Keys) : _shared.Keys;

    private ServiceConnection? FindNamed(string name, Guid runspace) =>
        _scopes.TryGetValue(runspace, out Scope? scope) && scope.Own.TryGetValue(name, out ServiceConnection? own) ? own
        : _shared.TryGetValue(name, out ServiceConnection? shared) ? shared
        : null;

    private void Retire(Dictionary<string, ServiceConnection> connections, string name)
    {
        if (connections.TryGetValue(name, out ServiceConnection? old))
        {
            connections.Remove(name);
            Retire(old);
        }
    }

    // Not disposed yet: commands of other runspaces may still be at work on it. It goes when the last of them lets go of it.
    private void Retire(ServiceConnection old)
    {
        _replaced.RemoveAll(reference => Alive(reference) is null);
        _replaced.Add(new WeakReference<ServiceConnection>(old));
    }

    private static ServiceConnection? Alive(WeakReference<ServiceConnection> reference) =>
        reference.TryGetTarget(out ServiceConnection? connection) ? connection : null;

    private Scope ScopeOf(Guid runspace)
    {
        if (!_scopes.TryGetValue(runspace, out Scope? scope))
        {
            _scopes[runspace] = scope = new Scope();
        }

        return scope;
    }

    private sealed class Scope
    {
        public Dictionary<string, ServiceConnection> Own { get; } = new(StringComparer.OrdinalIgnoreCase);

        public string? Default { get; private set; }

        /// <summary>Gets or sets why the last attempt to connect failed; null if it did not.</summary>
        public string? Failure { get; set; }

        public void MakeDefault(string name)
        {
            Default = name;
            Failure = null;
        }
    }
}
