package dev.postroom.web;

/** The hidden field that every form carries, see {@link SignInFilter}. */
public final class FormToken {
  public static final String FIELD = "form-token";

  private FormToken() {}
}
