"""Tests of the one room that connects to anything outside."""
