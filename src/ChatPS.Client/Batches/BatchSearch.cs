using System.Runtime.CompilerServices;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Batches;

/// <summary>Bounds the search for a job that was asked for: back to a day before, since clocks differ by hours, and not without end.</summary>
internal static class BatchSearch
{
    private const int MostJobs = 5_000;

    private static readonly TimeSpan Back = TimeSpan.FromHours(25);

    /// <summary>Passes on the jobs that may be the one.</summary>
    /// <typeparam name="T">What tells of a job.</typeparam>
    /// <param name="jobs">The jobs, the youngest first, except where they are not: such a list is read to its end.</param>
    /// <param name="jobOf">Finds the job.</param>
    /// <param name="order">The part that is looked for.</param>
    /// <param name="known">The ids of jobs that belong to other parts.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The jobs.</returns>
    /// <exception cref="ChatServiceException">There are too many.</exception>
    public static async IAsyncEnumerable<T> YoungAsync<T>(
        IAsyncEnumerable<T> jobs, Func<T, BatchJob> jobOf, BatchOrder order, IReadOnlyCollection<string> known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DateTimeOffset? last = null;
        int seen = 0;
        await foreach (T item in jobs.WithCancellation(cancellationToken))
        {
            BatchJob job = jobOf(item);
            if (job.CreatedAt < order.AskedAt - Back && job.CreatedAt <= last)
            {
                yield break;
            }

            if (++seen > MostJobs + known.Count)
            {
                throw Failures.Invalid(
                    FormattableString.Invariant($"The answer to the start of the part '{order.Name}' was lost, and it is not among the {seen - 1:N0} youngest jobs of the service."),
                    "Look for it at the service. If it is there, write its id into the file of the batch as the jobId of that part; if not, remove the askedAt of that part there.");
            }

            last = job.CreatedAt ?? last;
            if (!known.Contains(job.Id, StringComparer.Ordinal))
            {
                yield return item;
            }
        }
    }
}
