using System.Linq.Expressions;

namespace Temporalio.Client;

public partial interface ITemporalClient
{
    /// <summary>Starts a standalone activity.</summary>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="activityCall">Call of its static method.</param>
    /// <param name="options">How to start it; id, task queue and a timeout are required.</param>
    /// <returns>Its handle.</returns>
    /// <exception cref="ArgumentException">The call is none of an activity, or the options lack something.</exception>
    /// <exception cref="Exceptions.ActivityAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    Task<ActivityHandle<TResult>> StartActivityAsync<TResult>(Expression<Func<Task<TResult>>> activityCall, StartActivityOptions options);

    /// <summary>Starts a standalone activity that has no result.</summary>
    /// <param name="activityCall">Call of its static method.</param>
    /// <param name="options">How to start it; id, task queue and a timeout are required.</param>
    /// <returns>Its handle.</returns>
    /// <exception cref="ArgumentException">The call is none of an activity, or the options lack something.</exception>
    /// <exception cref="Exceptions.ActivityAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    Task<ActivityHandle> StartActivityAsync(Expression<Func<Task>> activityCall, StartActivityOptions options);

    /// <summary>Starts a standalone activity by name.</summary>
    /// <param name="activity">Type name of the activity.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How to start it; id, task queue and a timeout are required.</param>
    /// <returns>Its handle.</returns>
    /// <exception cref="ArgumentException">The call is none of an activity, or the options lack something.</exception>
    /// <exception cref="Exceptions.ActivityAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    Task<ActivityHandle> StartActivityAsync(string activity, IReadOnlyCollection<object?> args, StartActivityOptions options);

    /// <summary>Makes a handle of a standalone activity.</summary>
    /// <param name="id">Activity id.</param>
    /// <param name="runId">Run id, or null for the latest.</param>
    /// <returns>The handle.</returns>
    ActivityHandle GetActivityHandle(string id, string? runId = null);

    /// <summary>Makes a handle of a standalone activity whose result is known.</summary>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="id">Activity id.</param>
    /// <param name="runId">Run id, or null for the latest.</param>
    /// <returns>The handle.</returns>
    ActivityHandle<TResult> GetActivityHandle<TResult>(string id, string? runId = null);

    /// <summary>Lists standalone activities.</summary>
    /// <param name="query">List filter; empty for all.</param>
    /// <param name="options">Options.</param>
    /// <returns>The activities, page by page as they are asked for.</returns>
    IAsyncEnumerable<ActivityExecution> ListActivitiesAsync(string query, ActivityListOptions? options = null);

    /// <summary>Counts standalone activities.</summary>
    /// <param name="query">List filter; empty for all.</param>
    /// <param name="options">Options.</param>
    /// <returns>The count.</returns>
    Task<ActivityExecutionCount> CountActivitiesAsync(string query, ActivityCountOptions? options = null);

    /// <summary>Lists one page of standalone activities.</summary>
    /// <param name="query">List filter, the same for all pages; empty for all.</param>
    /// <param name="nextPageToken">Token of the page before, or null for the first.</param>
    /// <param name="options">Options.</param>
    /// <returns>The page.</returns>
    Task<ActivityListPage> ListActivitiesPaginatedAsync(string query, byte[]? nextPageToken, ActivityListPaginatedOptions? options = null);
}
