BeforeAll {
    . $PSScriptRoot/common.ps1

    function Get-Completion([string] $Line) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText
    }

    function New-Generation([string[]] $Prompt) {
        Start-ChatGeneration $Prompt -Service Midjourney | Wait-ChatGeneration
    }
}

AfterAll {
    Clear-Test
}

Describe 'Invoke-ChatGenerationAction' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'presses a button of each task' {
        $tasks = New-Generation 'a fox', 'a hen'
        $larger = $tasks | Invoke-ChatGenerationAction -Action upscale2
        $larger.ParentId | Should -Be $tasks.Id
        $larger.Action | Should -Be 'Upscale2', 'Upscale2'
        $larger.Input | Should -Be 'a fox', 'a hen'
        $larger.Index | Should -Be 0, 1
        $bodies = Get-TestRequest | Where-Object Path -EQ '/mj/submit/action' | ForEach-Object { $_.Body | ConvertFrom-Json }
        $bodies.taskId | Sort-Object | Should -Be ($tasks.Id | Sort-Object)
        $bodies[0].customId | Should -BeLike 'MJ::JOB::upsample::2::*'
    }

    It 'presses a button by what stands on it' {
        $task = New-Generation 'a fox'
        ($task | Invoke-ChatGenerationAction V2).Action | Should -Be 'Vary2'
        ($task | Invoke-ChatGenerationAction u1).Action | Should -Be 'Upscale1'
    }

    It 'gives nothing to a task that waits for nothing' {
        $failure = Get-Failure { New-Generation 'a fox' | Invoke-ChatGenerationAction Modal 'a hen' }
        $failure.Exception.Message | Should -BeLike '*waits for nothing*Succeeded*'
        Get-TestRequest | Where-Object Path -EQ '/mj/submit/modal' | Should -BeNullOrEmpty
    }

    It 'presses several buttons of each task, in order' {
        $tasks = New-Generation 'a fox', 'a hen'
        $larger = $tasks | Invoke-ChatGenerationAction Upscale1, Upscale2
        $larger.Action | Should -Be 'Upscale1', 'Upscale2', 'Upscale1', 'Upscale2'
        $larger.ParentId | Should -Be $tasks[0].Id, $tasks[0].Id, $tasks[1].Id, $tasks[1].Id
        $larger.Index | Should -Be 0, 0, 1, 1
        ($tasks[0] | Invoke-ChatGenerationAction Upscale9, Vary1 -ErrorAction SilentlyContinue -ErrorVariable failures).Action | Should -Be 'Vary1'
        $failures.Count | Should -Be 1
        Get-Completion '$tasks[0] | Invoke-ChatGenerationAction -Action Upscale1, Vary' | Should -Contain 'Vary1'
    }

    It 'takes tasks themselves for their ids' {
        $task = New-Generation 'a fox'
        (Invoke-ChatGenerationAction Upscale1 -Id $task).ParentId | Should -Be $task.Id
    }

    It 'gives a task what it waits for' {
        $zoom = New-Generation 'a fox' | Invoke-ChatGenerationAction Upscale1 | Wait-ChatGeneration | Invoke-ChatGenerationAction CustomZoom | Wait-ChatGeneration
        $zoom.Status | Should -Be 'NeedsInput'
        ($zoom | Invoke-ChatGenerationAction Modal 'a fox in the snow' | Wait-ChatGeneration).Status | Should -Be 'Succeeded'
        (Get-TestRequest | Where-Object Path -EQ '/mj/submit/modal' | ForEach-Object { $_.Body | ConvertFrom-Json }).prompt | Should -Be 'a fox in the snow'
    }

    It 'looks first at a task of which the actions are not known' {
        $task = Start-ChatGeneration 'a fox' -Service Midjourney
        $null = $task | Wait-ChatGeneration
        ($task | Invoke-ChatGenerationAction Vary1).ParentId | Should -Be $task.Id
        (Invoke-ChatGenerationAction Vary1 -Id $task.Id -Service Midjourney).ParentId | Should -Be $task.Id
        ($task.Id | Invoke-ChatGenerationAction Vary1).ParentId | Should -Be $task.Id
    }

    It 'takes tasks from a file' {
        $file = Join-Path $TestDrive tasks.xml
        New-Generation 'a fox' | Export-Clixml $file
        (Import-Clixml $file | Invoke-ChatGenerationAction Upscale1 | Wait-ChatGeneration).Status | Should -Be 'Succeeded'
    }

    It 'refuses what a task does not offer, and what is not done, before anything is handed in' {
        $failure = Get-Failure { New-Generation 'a fox' | Invoke-ChatGenerationAction Upscale9 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        Get-Advice $failure | Should -BeLike "*'Upscale9'*Upscale1, Upscale2*"
        Get-Advice (Get-Failure { Start-ChatGeneration 'a [slow] fox' -Service Midjourney | Invoke-ChatGenerationAction Upscale1 }) | Should -BeLike '*is not done yet*Wait-ChatGeneration*'
        Get-TestRequest | Where-Object Path -EQ '/mj/submit/action' | Should -BeNullOrEmpty
    }

    It 'hands in nothing with -WhatIf, and no more than -MaxGeneration' {
        $tasks = New-Generation 'a fox', 'a hen'
        $tasks | Invoke-ChatGenerationAction Upscale1 -WhatIf | Should -BeNullOrEmpty
        (Get-Failure { $tasks | Invoke-ChatGenerationAction Upscale1 -MaxGeneration 1 }).FullyQualifiedErrorId | Should -BeLike 'BudgetExceeded,*'
        @(Get-TestRequest | Where-Object Path -EQ '/mj/submit/action').Count | Should -Be 1
    }

    It 'hands in nothing twice with a checkpoint' {
        $tasks = New-Generation 'a fox', 'a hen'
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $first = $tasks | Invoke-ChatGenerationAction Upscale1 -CheckpointPath $path
        ($tasks | Invoke-ChatGenerationAction Upscale1 -CheckpointPath $path).Id | Should -Be $first.Id
        @(Get-TestRequest | Where-Object Path -EQ '/mj/submit/action').Count | Should -Be 2
    }

    It 'completes what a task offers, from the pipeline and from a variable' {
        $global:offered = New-Generation 'a fox'
        try {
            Get-Completion '$offered | Invoke-ChatGenerationAction -Action V' | Should -Be 'Vary1', 'Vary2', 'Vary3', 'Vary4'
            Get-Completion 'Invoke-ChatGenerationAction -InputObject $offered -Action Up' | Should -Be 'Upscale1', 'Upscale2', 'Upscale3', 'Upscale4'
            Get-Completion '$offered | Invoke-ChatGenerationAction -Action ' | Should -Contain 'Modal'
            Get-Completion 'Invoke-ChatGenerationAction -Action Zoom' | Should -Be 'ZoomOut2x', 'ZoomOut15x'
        }
        finally {
            Remove-Variable offered -Scope Global
        }
    }

    It 'has the parameters of the action' {
        (Get-Command Invoke-ChatGenerationAction -ArgumentList Modal).Parameters.Keys | Should -Contain 'Mask'
        (Get-Command Invoke-ChatGenerationAction -ArgumentList Change).Parameters.Keys | Should -Contain 'Number'
        (Get-Command Invoke-ChatGenerationAction -ArgumentList Upscale1).Parameters.Keys | Should -Contain 'EnableRemix'
        (Get-Command Invoke-ChatGenerationAction -ArgumentList Upscale1).Parameters.Keys | Should -Not -Contain 'Mask'
    }
}
